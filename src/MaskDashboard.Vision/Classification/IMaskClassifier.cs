using OpenCvSharp;

namespace MaskDashboard.Vision.Classification;

/// <summary>Decides for faces whether they wear a mask.</summary>
public interface IMaskClassifier
{
    /// <summary>Names the weights, for instance <c>vgg19-mask-2/int8@1f2e3d4c</c>; stored with every result.</summary>
    string ModelVersion { get; }

    /// <summary>Classifies faces of one image, in fixed chunks.</summary>
    /// <param name="image">8-bit BGR pixels of the oriented, full-resolution image, H x W x 3.</param>
    /// <param name="boxes">Where the faces are, pixels; may reach over the border.</param>
    /// <param name="cancellationToken">Stops between two chunks.</param>
    /// <returns>One pair of probabilities for each box, in order.</returns>
    IReadOnlyList<MaskProbabilities> Classify(Mat image, IReadOnlyList<BoundingBox> boxes, CancellationToken cancellationToken = default);
}
