namespace MaskDashboard.Components.Reviewing;

/// <summary>What just happened on the review desk, in a line that never covers anything.</summary>
/// <param name="Text">The words.</param>
/// <param name="Offer">What can be done about it; null for nothing.</param>
public sealed record ReviewNotice(string Text, ReviewCommand? Offer = null);
