using Microsoft.ML.OnnxRuntime;
using OpenCvSharp;

namespace MaskDashboard.Vision.Classification;

/// <summary>
/// VGG19 with two sigmoid outputs on ONNX Runtime. Each face is cut as a square of 1.15 x the longer side of its box (border
/// replicated), resized to 128 x 128 and given as RGB 0..1, N x 3 x 128 x 128. What it doubts, it looks at again in the mirror
/// (test-time augmentation) and answers with the mean. Runs in chunks of at most <see cref="ChunkSize"/>, so
/// that the runtime's memory stays the same for one face and for three hundred. Thread-safe.
/// </summary>
public sealed class Vgg19MaskClassifier : IMaskClassifier, IDisposable
{
    /// <summary>Name of the 8-bit model in the models folder.</summary>
    public const string Int8FileName = "vgg19-mask.int8.onnx";

    /// <summary>Name of the float model in the models folder.</summary>
    public const string FloatFileName = "vgg19-mask.fp16.onnx";

    /// <summary>Faces in one run.</summary>
    public const int ChunkSize = 8;

    /// <summary>Side of the network's input, pixels.</summary>
    public const int InputSide = 128;

    /// <summary>Side of the square cut around a face, in longer sides of its box.</summary>
    public const double CropScale = 1.15;

    /// <summary>A face whose stronger output lies between this and <see cref="DoubtedBelow"/> is looked at a second time.</summary>
    public const float DoubtedAbove = 0.1f;

    /// <summary>See <see cref="DoubtedAbove"/>.</summary>
    public const float DoubtedBelow = 0.9f;

    private const int FaceLength = 3 * InputSide * InputSide;
    private static readonly string[] Inputs = ["input"];
    private static readonly string[] Outputs = ["probabilities"];

    // DirectML allows one run at a time in the whole process.
    private static readonly Lock DirectMLGate = new();

    private readonly OnnxModel _model;
    private readonly bool _oneRunAtATime;
    private double _millisecondsPerFace;

    private Vgg19MaskClassifier(OnnxModel model, bool oneRunAtATime)
    {
        _model = model;
        _oneRunAtATime = oneRunAtATime;
    }

    /// <inheritdoc />
    public string ModelVersion => $"{Path.GetFileNameWithoutExtension(_model.FileName)}:{_model.Version}";

    /// <summary>Name of the model file.</summary>
    public string FileName => _model.FileName;

    /// <summary>Moving average of the time for one face, milliseconds; zero before the first.</summary>
    public double MillisecondsPerFace => Volatile.Read(ref _millisecondsPerFace);

    /// <summary>Loads the model for the CPU.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="intraOpThreads">Threads for one run; 0 for the number of cores.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged or another model.</exception>
    public static Vgg19MaskClassifier OpenOnCpu(string path, int intraOpThreads = 0) =>
        new(OnnxModel.Open(path, OnnxModel.CpuOptions(intraOpThreads), Outputs), oneRunAtATime: false);

    /// <summary>Loads the model for DirectML: no memory pattern, sequential execution, as that provider demands.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="deviceId">Index of the DXGI adapter.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged or another model.</exception>
    /// <exception cref="EntryPointNotFoundException">This build of ONNX Runtime has no DirectML.</exception>
    public static Vgg19MaskClassifier OpenOnDirectML(string path, int deviceId)
    {
        var options = OnnxModel.CpuOptions(0);
        options.EnableMemoryPattern = false;
        options.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
        options.AddFreeDimensionOverrideByName("N", ChunkSize);
        options.AppendExecutionProvider_DML(deviceId);
        return new Vgg19MaskClassifier(OnnxModel.Open(path, options, Outputs), oneRunAtATime: true);
    }

    /// <inheritdoc />
    public IReadOnlyList<MaskProbabilities> Classify(Mat image, IReadOnlyList<BoundingBox> boxes, CancellationToken cancellationToken = default)
    {
        var results = ClassifyOnce(image, boxes, mirrored: false, cancellationToken);
        var doubted = Enumerable.Range(0, results.Length).Where(face => Doubts(results[face])).ToList();
        var inMirror = ClassifyOnce(image, [.. doubted.Select(face => boxes[face])], mirrored: true, cancellationToken);
        foreach (var (face, second) in doubted.Zip(inMirror))
        {
            var first = results[face];
            results[face] = new MaskProbabilities((first.Mask + second.Mask) / 2, (first.NoMask + second.NoMask) / 2);
        }

        return results;
    }

    /// <summary>Looks at each face once, whatever the answer.</summary>
    /// <param name="image">8-bit BGR pixels of the oriented, full-resolution image, H x W x 3.</param>
    /// <param name="boxes">Where the faces are, pixels; may reach over the border.</param>
    /// <param name="mirrored">Whether it sees them in the mirror.</param>
    /// <param name="cancellationToken">Stops between two chunks.</param>
    /// <returns>One pair of probabilities for each box, in order.</returns>
    public MaskProbabilities[] ClassifyOnce(Mat image, IReadOnlyList<BoundingBox> boxes, bool mirrored, CancellationToken cancellationToken = default)
    {
        var results = new List<MaskProbabilities>(boxes.Count);
        var input = new float[FacesInRun(Math.Min(boxes.Count, ChunkSize)) * FaceLength];
        for (var start = 0; start < boxes.Count; start += ChunkSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(ChunkSize, boxes.Count - start);
            for (var index = 0; index < count; index++)
            {
                using var crop = FaceCrop.Cut(image, boxes[start + index], CropScale, InputSide);
                if (mirrored)
                {
                    Cv2.Flip(crop, crop, FlipMode.Y);
                }

                FaceCrop.WriteRgb(crop, input.AsSpan(index * FaceLength, FaceLength));
            }

            Run(input, count, results);
        }

        return [.. results];
    }

    /// <summary>Looks once at a picture that is one face, whole.</summary>
    /// <param name="face">8-bit BGR pixels of any size.</param>
    public MaskProbabilities ClassifyWhole(Mat face)
    {
        using var resized = FaceCrop.Resize(face, InputSide);
        var input = new float[FacesInRun(1) * FaceLength];
        FaceCrop.WriteRgb(resized, input.AsSpan(0, FaceLength));
        var results = new List<MaskProbabilities>(1);
        Run(input, 1, results);
        return results[0];
    }

    /// <inheritdoc />
    public void Dispose() => _model.Dispose();

    private static bool Doubts(MaskProbabilities answer) => Math.Max(answer.Mask, answer.NoMask) is > DoubtedAbove and < DoubtedBelow;

    // DirectML needs one batch size. The CPU takes any: a photograph of two faces must not pay for eight.
    private int FacesInRun(int count) => _oneRunAtATime ? ChunkSize : count;

    private void Run(float[] input, int count, List<MaskProbabilities> results)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var faces = FacesInRun(count);
        using var tensor = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, input.AsMemory(0, faces * FaceLength), [faces, 3, InputSide, InputSide]);
        using var options = new RunOptions();
        using var outputs = RunOnce(options, tensor);
        var probabilities = outputs[0].GetTensorDataAsSpan<float>();
        for (var index = 0; index < count; index++)
        {
            results.Add(new MaskProbabilities(probabilities[index * 2], probabilities[index * 2 + 1]));
        }

        var each = System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMilliseconds / count;
        var average = MillisecondsPerFace;
        Volatile.Write(ref _millisecondsPerFace, average == 0 ? each : average * 0.9 + each * 0.1);
    }

    private IDisposableReadOnlyCollection<OrtValue> RunOnce(RunOptions options, OrtValue tensor)
    {
        if (!_oneRunAtATime)
        {
            return _model.Session.Run(options, Inputs, [tensor], Outputs);
        }

        lock (DirectMLGate)
        {
            return _model.Session.Run(options, Inputs, [tensor], Outputs);
        }
    }
}
