using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OpenCvSharp;
using OpenCvSharp.Dnn;

namespace MaskDashboard.Vision.Detection;

/// <summary>
/// YuNet on ONNX Runtime. Input: 1 x 3 x H x W float, BGR 0..255, padded with zeros at the right and bottom to multiples of 32.
/// Score = sqrt(cls * obj); centre = (cell + b[0:2]) * stride; size = exp(b[2:4]) * stride. Looks at the image and at its mirror image,
/// in two sizes (test-time augmentation, see <see cref="Looks"/>). Thread-safe.
/// </summary>
public sealed class YuNetFaceDetector : IFaceDetector, IDisposable
{
    /// <summary>Name of the model file in the models folder.</summary>
    public const string FileName = "yunet-mask.onnx";

    /// <summary>Detections weaker than this are not even kept for later thresholds: the default of <see cref="YuNetOptions.ScoreFloor"/>.</summary>
    public const float ScoreFloor = 0.2f;

    /// <summary>
    /// How far to the right of the faces the labels of face-mask-detection lie, image pixels: Pascal VOC counts pixels from one (measured:
    /// models/README.md). A network that learns from mirrored crops too cannot learn it. Of a face of eight pixels it costs a tenth
    /// of the overlap.
    /// </summary>
    private const float LabelOffsetPixels = 0.4f;

    private const int PaddingMultiple = 32;
    private static readonly int[] Strides = [8, 16, 32];
    private static readonly string[] Outputs = [.. Strides.SelectMany(stride => (string[])[$"cls_{stride}", $"obj_{stride}", $"bbox_{stride}"])];

    private readonly OnnxModel _model;
    private readonly YuNetOptions _options;

    /// <summary>Loads the model.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="options">At which size it looks.</param>
    /// <param name="intraOpThreads">Threads for one run; 0 for the number of cores.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged or another model.</exception>
    public YuNetFaceDetector(string path, YuNetOptions options, int intraOpThreads = 0)
    {
        _options = options;
        _model = OnnxModel.Open(path, OnnxModel.CpuOptions(intraOpThreads), Outputs);
    }

    /// <inheritdoc />
    public DetectorKind Kind => DetectorKind.YuNet;

    /// <summary>Names the weights.</summary>
    public string ModelVersion => _model.Version;

    /// <inheritdoc />
    public IReadOnlyList<FaceDetection> Detect(Mat image, AnalysisSettings settings, CancellationToken cancellationToken = default)
    {
        var looks = _options.LooksAt(image.Width, image.Height);
        var kept = looks.Count == 1
            ? Look(image, looks[0].Scale, looks[0].Mirrored, _options.ScoreFloor, settings, cancellationToken)
            : LookAgain(image, looks, settings, cancellationToken);
        kept = kept.ConvertAll(face => face with { Box = face.Box with { X = face.Box.X + LabelOffsetPixels } });
        kept.RemoveAll(face => face.Box.X >= image.Width || face.Box.Y >= image.Height || face.Box.Right <= 0 || face.Box.Bottom <= 0);
        return kept;
    }

    /// <inheritdoc />
    public void Dispose() => _model.Dispose();

    private List<FaceDetection> LookAgain(
        Mat image, IReadOnlyList<(double Scale, bool Mirrored)> looks, AnalysisSettings settings, CancellationToken cancellationToken)
    {
        var floor = _options.ScoreFloor * Looks.FloorOfOneLook;
        var merged = Looks.Merge([.. looks.Select(look => Look(image, look.Scale, look.Mirrored, floor, settings, cancellationToken))]);
        merged.RemoveAll(face => face.Score < _options.ScoreFloor);
        return NonMaximumSuppression.Apply(merged, settings.YuNetNmsIou, _options.MaxDetections);
    }

    private List<FaceDetection> Look(
        Mat image, double scale, bool mirrored, double scoreFloor, AnalysisSettings settings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var scaled = new Size(Math.Max(1, Math.Round(image.Width * scale)), Math.Max(1, Math.Round(image.Height * scale)));
        using var input = Prepare(image, scaled, mirrored);
        var shape = new[] { 1, 3, input.Size(2), input.Size(3) };
        float[] values = new float[shape[1] * shape[2] * shape[3]];
        System.Runtime.InteropServices.Marshal.Copy(input.Data, values, 0, values.Length);
        using var results = _model.Session.Run([NamedOnnxValue.CreateFromTensor("input", new DenseTensor<float>(values, shape))], Outputs);
        cancellationToken.ThrowIfCancellationRequested();

        var found = new List<FaceDetection>();
        for (var level = 0; level < Strides.Length; level++)
        {
            Decode(
                Values(results[level * 3]),
                Values(results[level * 3 + 1]),
                Values(results[level * 3 + 2]),
                columns: shape[3] / Strides[level],
                Strides[level],
                (double)scaled.Width / image.Width,
                (double)scaled.Height / image.Height,
                found,
                (float)scoreFloor);
        }

        var kept = NonMaximumSuppression.Apply(found, settings.YuNetNmsIou, _options.MaxDetections);
        return mirrored ? [.. kept.Select(face => face with { Box = face.Box with { X = image.Width - face.Box.Right } })] : kept;
    }

    /// <summary>
    /// Turns one level's outputs into detections in image pixels and adds those above the floor. Each axis has its own scale, since the
    /// sides of the scaled image are whole pixels.
    /// </summary>
    internal static void Decode(
        ReadOnlySpan<float> cls,
        ReadOnlySpan<float> obj,
        ReadOnlySpan<float> boxes,
        int columns,
        int stride,
        double scaleX,
        double scaleY,
        List<FaceDetection> detections,
        float scoreFloor = ScoreFloor)
    {
        for (var cell = 0; cell < cls.Length; cell++)
        {
            var score = MathF.Sqrt(cls[cell] * obj[cell]);
            if (!(score >= scoreFloor))
            {
                continue;
            }

            var box = boxes.Slice(cell * 4, 4);
            var centreX = (cell % columns + box[0]) * stride / scaleX;
            var centreY = (cell / columns + box[1]) * stride / scaleY;
            var width = Math.Exp(box[2]) * stride / scaleX;
            var height = Math.Exp(box[3]) * stride / scaleY;
            detections.Add(new FaceDetection(
                new BoundingBox((float)(centreX - width / 2), (float)(centreY - height / 2), (float)width, (float)height), Math.Min(score, 1)));
        }
    }

    private static ReadOnlySpan<float> Values(DisposableNamedOnnxValue value) => ((DenseTensor<float>)value.AsTensor<float>()).Buffer.Span;

    private static Mat Prepare(Mat image, Size size, bool mirrored)
    {
        using var scaled = new Mat();
        Cv2.Resize(image, scaled, size, interpolation: size.Width < image.Width ? InterpolationFlags.Area : InterpolationFlags.Linear);
        if (mirrored)
        {
            Cv2.Flip(scaled, scaled, FlipMode.Y);
        }

        using var padded = new Mat();
        Cv2.CopyMakeBorder(scaled, padded, 0, Padding(size.Height), 0, Padding(size.Width), BorderTypes.Constant, Scalar.Black);
        return CvDnn.BlobFromImage(padded, 1, padded.Size(), default, swapRB: false, crop: false);
    }

    private static int Padding(int side) => (PaddingMultiple - side % PaddingMultiple) % PaddingMultiple;
}
