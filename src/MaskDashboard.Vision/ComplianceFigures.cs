namespace MaskDashboard.Vision;

/// <summary>Counts over faces and the compliance they mean. Sums of figures are figures of the whole.</summary>
/// <param name="Mask">Counted faces with a mask.</param>
/// <param name="NoMask">Counted faces without one.</param>
/// <param name="Uncertain">Counted faces the classifier does not decide.</param>
/// <param name="TooClose">Counted faces with a neighbour nearer than MIN_DISTANCE.</param>
public readonly record struct ComplianceFigures(int Mask, int NoMask, int Uncertain, int TooClose)
{
    /// <summary>All counted faces.</summary>
    public int Faces => Mask + NoMask + Uncertain;

    /// <summary>Mask compliance among decided faces, mask / (mask + no mask), 0 to 1; null when none is decided.</summary>
    public double? Compliance => Mask + NoMask == 0 ? null : (double)Mask / (Mask + NoMask);

    /// <summary>Compliance if every uncertain face wore no mask, mask / all, 0 to 1; null without faces.</summary>
    public double? ComplianceLow => Faces == 0 ? null : (double)Mask / Faces;

    /// <summary>Compliance if every uncertain face wore a mask, (mask + uncertain) / all, 0 to 1; null without faces.</summary>
    public double? ComplianceHigh => Faces == 0 ? null : (double)(Mask + Uncertain) / Faces;

    /// <summary>Share of faces that are too close to another, 0 to 1; null without faces.</summary>
    public double? TooCloseRate => Faces == 0 ? null : (double)TooClose / Faces;

    /// <summary>Counts the counted among <paramref name="faces"/>.</summary>
    /// <param name="faces">Judged candidates.</param>
    public static ComplianceFigures Of(IEnumerable<FaceResult> faces)
    {
        var figures = default(ComplianceFigures);
        foreach (var face in faces)
        {
            if (!face.Counted)
            {
                continue;
            }

            figures += new ComplianceFigures(
                face.Label == MaskLabel.Mask ? 1 : 0,
                face.Label == MaskLabel.NoMask ? 1 : 0,
                face.Label == MaskLabel.Uncertain ? 1 : 0,
                face.TooClose ? 1 : 0);
        }

        return figures;
    }

    /// <summary>Adds two sets of counts.</summary>
    public static ComplianceFigures operator +(ComplianceFigures left, ComplianceFigures right) =>
        new(left.Mask + right.Mask, left.NoMask + right.NoMask, left.Uncertain + right.Uncertain, left.TooClose + right.TooClose);
}
