using MaskDashboard.Storage;

namespace MaskDashboard.Review;

/// <summary>What a reviewer says of a face.</summary>
/// <param name="FaceId">The face.</param>
/// <param name="Label">What it is; null to leave it to the program again.</param>
public sealed record FaceStatement(long FaceId, ReviewedLabel? Label);

/// <summary>A statement that stands or stood, as pages show it.</summary>
/// <param name="FaceId">The face.</param>
/// <param name="Label">What was said; null for the drawing of a face, or a withdrawal.</param>
/// <param name="By">Name of the reviewer's account; null in a run without accounts, or once the account is gone.</param>
/// <param name="AtUtc">When, UTC.</param>
public sealed record StatementRecord(long FaceId, ReviewedLabel? Label, string? By, DateTime AtUtc);
