namespace MaskDashboard.Components.Charts;

/// <summary>What a chart shows.</summary>
public enum ChartMeasure
{
    /// <summary>Mask compliance, as a range where faces are uncertain.</summary>
    Compliance = 0,

    /// <summary>Faces with a mask, uncertain and without, on top of each other.</summary>
    Labels = 1,

    /// <summary>Share of people in pairs who are too close.</summary>
    TooClose = 2,

    /// <summary>Faces per photograph.</summary>
    FacesEach = 3,
}
