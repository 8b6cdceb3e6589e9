using MaskDashboard.Settings;
using MaskDashboard.Vision;

namespace MaskDashboard.Tuning;

/// <summary>What settings would make of stored results.</summary>
/// <param name="Images">Images that were judged.</param>
/// <param name="ChangedImages">Of them, those with a face that is judged otherwise.</param>
/// <param name="ChangedFaces">Faces that count or do not, have another label, or stand too close or not, other than stored.</param>
/// <param name="ImagesToLookAtAgain">Images that the models would have to look at again; here they are judged from what is stored.</param>
/// <param name="Before">The figures as stored, reviewers' corrections included.</param>
/// <param name="After">The figures under the settings; corrections stand.</param>
/// <param name="Curve">The figures along one setting, the others as tried; null where there is no curve.</param>
public sealed record WhatIfResult(
    int Images, int ChangedImages, int ChangedFaces, int ImagesToLookAtAgain, ComplianceFigures Before, ComplianceFigures After, WhatIfCurve? Curve);

/// <summary>Figures along one setting.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Points">By ascending value, equally far apart.</param>
public sealed record WhatIfCurve(SettingDefinition Setting, IReadOnlyList<WhatIfPoint> Points);

/// <summary>The figures at one value of a setting.</summary>
/// <param name="Value">The value.</param>
/// <param name="Figures">The figures.</param>
public readonly record struct WhatIfPoint(double Value, ComplianceFigures Figures);
