namespace MaskDashboard.Deletion;

/// <summary>What a deletion takes away.</summary>
/// <param name="Images">Photographs.</param>
/// <param name="Faces">Counted faces on them.</param>
/// <param name="Corrections">Standing corrections of their faces.</param>
public readonly record struct DeletionCount(int Images, int Faces, int Corrections)
{
    /// <summary>Both together.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static DeletionCount operator +(DeletionCount left, DeletionCount right) =>
        new(left.Images + right.Images, left.Faces + right.Faces, left.Corrections + right.Corrections);
}
