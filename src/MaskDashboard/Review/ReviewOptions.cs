using System.ComponentModel.DataAnnotations;

namespace MaskDashboard.Review;

/// <summary>How photographs are reviewed. Section <c>Review</c>.</summary>
public sealed class ReviewOptions
{
    /// <summary>
    /// An image may be marked as reviewed together with others, unseen, when the classifier's two outputs differ by at least this for every face. 0.5 to 1, default 0.9.
    /// </summary>
    [Range(0.5, 1.0)]
    public double ConfidentMargin { get; set; } = 0.9;

    /// <summary>The greatest <see cref="Storage.ImageAnalysis.Doubt"/> of such an image.</summary>
    public double ConfidentDoubt => 1 - ConfidentMargin;
}
