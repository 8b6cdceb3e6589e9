namespace MaskDashboard.Localization;

/// <summary>Names the program's one catalogue of texts for <c>IStringLocalizer&lt;Text&gt;</c>. The English sentence is the key.</summary>
public sealed class Text;
