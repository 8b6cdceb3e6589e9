using MaskDashboard.Vision.Metrics;

namespace MaskDashboard.Review;

/// <summary>The program's answers against those of reviewers, counted in faces.</summary>
/// <param name="Images">Images that a person looked at and marked as reviewed.</param>
/// <param name="Found">Faces that the program counted and that are faces.</param>
/// <param name="FalseDetections">Boxes that the program counted and that are not.</param>
/// <param name="Missed">Faces that the program did not count: drawn by a reviewer, or confirmed below the threshold.</param>
/// <param name="Labels">Labels of the faces, those that were missed included: a reviewer's box is classified, too.</param>
public sealed record AccuracyFigures(int Images, int Found, int FalseDetections, int Missed, LabelConfusion Labels)
{
    /// <summary>Nothing reviewed.</summary>
    public static AccuracyFigures None { get; } = new(0, 0, 0, 0, default);

    /// <summary>Faces that there are.</summary>
    public int Faces => Found + Missed;

    /// <summary>Of the boxes that the program counted, those that are faces.</summary>
    public Proportion DetectorPrecision => new(Found, Found + FalseDetections);

    /// <summary>Of the faces that there are, those that the program counted.</summary>
    public Proportion DetectorRecall => new(Found, Faces);

    /// <summary>Adds two sets of counts.</summary>
    public static AccuracyFigures operator +(AccuracyFigures left, AccuracyFigures right) => new(
        left.Images + right.Images,
        left.Found + right.Found,
        left.FalseDetections + right.FalseDetections,
        left.Missed + right.Missed,
        left.Labels + right.Labels);
}

/// <summary>The program's label against the reviewer's, counted in faces. "Mask as no mask" is a face with a mask that the program called no mask.</summary>
/// <param name="MaskAsMask">With a mask, called mask.</param>
/// <param name="MaskAsNoMask">With a mask, called no mask.</param>
/// <param name="MaskAsUncertain">With a mask, called uncertain.</param>
/// <param name="NoMaskAsMask">Without (or with a badly worn) mask, called mask.</param>
/// <param name="NoMaskAsNoMask">Without, called no mask.</param>
/// <param name="NoMaskAsUncertain">Without, called uncertain.</param>
/// <param name="Undecided">Uncertain faces of which the reviewer did not say what they are; in no share.</param>
public readonly record struct LabelConfusion(
    int MaskAsMask, int MaskAsNoMask, int MaskAsUncertain, int NoMaskAsMask, int NoMaskAsNoMask, int NoMaskAsUncertain, int Undecided)
{
    /// <summary>Of the faces that the program called mask or no mask, those where it is right.</summary>
    public Proportion Accuracy => new(MaskAsMask + NoMaskAsNoMask, MaskAsMask + MaskAsNoMask + NoMaskAsMask + NoMaskAsNoMask);

    /// <summary>Of the faces with a mask, those called mask; uncertain is not right.</summary>
    public Proportion MaskRecall => new(MaskAsMask, MaskAsMask + MaskAsNoMask + MaskAsUncertain);

    /// <summary>Of the faces called mask, those with one.</summary>
    public Proportion MaskPrecision => new(MaskAsMask, MaskAsMask + NoMaskAsMask);

    /// <summary>Of the faces without a mask, those called no mask; uncertain is not right.</summary>
    public Proportion NoMaskRecall => new(NoMaskAsNoMask, NoMaskAsMask + NoMaskAsNoMask + NoMaskAsUncertain);

    /// <summary>Of the faces called no mask, those without one.</summary>
    public Proportion NoMaskPrecision => new(NoMaskAsNoMask, NoMaskAsNoMask + MaskAsNoMask);

    /// <summary>Of all faces, those that the program called uncertain.</summary>
    public Proportion Uncertain => new(MaskAsUncertain + NoMaskAsUncertain + Undecided, Faces);

    /// <summary>All faces.</summary>
    public int Faces => MaskAsMask + MaskAsNoMask + MaskAsUncertain + NoMaskAsMask + NoMaskAsNoMask + NoMaskAsUncertain + Undecided;

    /// <summary>Adds two sets of counts.</summary>
    public static LabelConfusion operator +(LabelConfusion left, LabelConfusion right) => new(
        left.MaskAsMask + right.MaskAsMask,
        left.MaskAsNoMask + right.MaskAsNoMask,
        left.MaskAsUncertain + right.MaskAsUncertain,
        left.NoMaskAsMask + right.NoMaskAsMask,
        left.NoMaskAsNoMask + right.NoMaskAsNoMask,
        left.NoMaskAsUncertain + right.NoMaskAsUncertain,
        left.Undecided + right.Undecided);
}
