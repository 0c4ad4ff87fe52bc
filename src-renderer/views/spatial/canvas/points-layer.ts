import { Layer, type DefaultProps, type LayerProps } from '@deck.gl/core';
import type { Buffer } from '@luma.gl/core';
import { Model, type ModelProps } from '@luma.gl/engine';
import type { Camera } from './camera.ts';

interface PointsOwnProps {
  /** Interleaved x y of all points (float32). */
  readonly positions: Buffer;
  /** Red, green, blue, opacity of all points (bytes). */
  readonly colours: Buffer;
  /** How many points are drawn, from the first on. */
  readonly count: number;
  readonly camera: Camera;
  /** Pixels of the screen. */
  readonly diameter: number;
  /** Soft edges; without them a frame is cheaper. */
  readonly smooth: boolean;
}

type Shaders = Pick<ModelProps, 'vs' | 'fs' | 'modules' | 'defines'>;

const block = `\
layout(std140) uniform pointsUniforms {
  vec2 middle;
  vec2 stretch;
  float diameter;
  float soft;
} points;
`;

const uniforms = {
  name: 'points',
  vs: block,
  fs: block,
  uniformTypes: { middle: 'vec2<f32>', stretch: 'vec2<f32>', diameter: 'f32', soft: 'f32' },
} as const;

const vs = `\
#version 300 es
#define SHADER_NAME points-layer-vertex
in vec2 positions;
in vec4 colours;
flat out vec4 vColour;
void main(void) {
  // The subtraction first: far from the origin it is what keeps the digits.
  gl_Position = vec4((positions - points.middle) * points.stretch, 0.0, 1.0);
  gl_PointSize = points.diameter;
  vColour = colours;
}
`;

const fs = `\
#version 300 es
#define SHADER_NAME points-layer-fragment
precision highp float;
flat in vec4 vColour;
out vec4 fragColor;
void main(void) {
  float inside = 1.0;
  if (points.diameter > 2.5) {
    float radius = 0.5 * points.diameter;
    float away = length(gl_PointCoord - 0.5) * points.diameter;
    inside = points.soft > 0.5 ? clamp(radius - away, 0.0, 1.0) : step(away, radius);
    if (inside <= 0.0) discard;
  }
  fragColor = vec4(vColour.rgb, vColour.a * inside);
}
`;

/**
 * Many discs of one size: one vertex a disc and two multiplications a vertex (where no graphics card is, quads with the
 * library's projection take twenty times as long),
 * positions and colours in two buffers that layers may share, and no JavaScript object per disc.
 */
export class PointsLayer extends Layer<PointsOwnProps> {
  static override layerName = 'PointsLayer';
  static override defaultProps: DefaultProps<PointsOwnProps> = {
    count: 0,
    diameter: 1,
    smooth: true,
  };
  declare state: { model?: Model };

  override initializeState(): void {
    this.setState({ model: this.#createModel() });
  }

  override getShaders(): Shaders {
    return super.getShaders({ vs, fs, modules: [uniforms] }) as Shaders;
  }

  override draw(): void {
    const { model } = this.state;
    const { positions, colours, count, diameter, smooth, camera } = this.props;
    if (!model || count === 0) return;
    const { viewport, renderPass } = this.context;
    const surface = this.context.device.getDefaultCanvasContext();
    const [pixelsWide, pixelsHigh] = surface.getDrawingBufferSize();
    const ratio = pixelsWide / Math.max(1, surface.getCSSSize()[0]);
    const size = Math.max(1, diameter * ratio);
    // A disc whose centre lies outside of the viewport would not be drawn at all, so the viewport is wider than
    // what is seen of it, by a disc's size.
    const margin = Math.ceil(size);
    const [width, height] = [viewport.width * ratio, viewport.height * ratio];
    const bottom = pixelsHigh - viewport.y * ratio - height;
    const rect: [number, number, number, number] = [viewport.x * ratio, bottom, width, height];
    renderPass.setParameters({
      viewport: [rect[0] - margin, rect[1] - margin, width + 2 * margin, height + 2 * margin],
      scissorRect: rect.map(Math.round) as typeof rect,
    });
    model.setAttributes({ positions, colours });
    model.setVertexCount(count);
    model.shaderInputs.setProps({
      points: {
        middle: [camera.x, camera.y],
        stretch: [
          (2 * camera.scale * ratio) / (width + 2 * margin),
          (-2 * camera.scale * ratio) / (height + 2 * margin),
        ],
        diameter: size,
        soft: smooth ? 1 : 0,
      },
    });
    model.draw(renderPass);
    renderPass.setParameters({ viewport: rect });
  }

  #createModel(): Model {
    return new Model(this.context.device, {
      ...this.getShaders(),
      id: this.props.id,
      topology: 'point-list',
      bufferLayout: [
        { name: 'positions', format: 'float32x2' },
        { name: 'colours', format: 'unorm8x4' },
      ],
    });
  }
}

export type PointsLayerProps = LayerProps & PointsOwnProps;
