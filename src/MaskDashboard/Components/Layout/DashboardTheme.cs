using MudBlazor;

namespace MaskDashboard.Components.Layout;

/// <summary>The look: neutral greys, one accent, lines instead of shadows, the operating system's own typeface.</summary>
public static class DashboardTheme
{
    private static readonly string[] _fontFamily =
    [
        "system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Liberation Sans", "sans-serif",
    ];

    /// <summary>The one theme of the program, in its light and its dark form.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b6e7f",
            PrimaryContrastText = "#ffffff",
            Secondary = "#545c64",
            Tertiary = "#545c64",
            Info = "#1d5fb8",
            Success = "#1a7340",
            Warning = "#9a4d00",
            Error = "#b3261e",
            Dark = "#1b1f23",
            Black = "#1b1f23",
            TextPrimary = "#1b1f23",
            TextSecondary = "#545c64",
            TextDisabled = "#868e96",
            ActionDefault = "#545c64",
            ActionDisabled = "#9aa1a8",
            ActionDisabledBackground = "#eceef0",
            Background = "#f7f8f9",
            BackgroundGray = "#eff1f3",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1b1f23",
            DrawerBackground = "#f7f8f9",
            DrawerText = "#3c434a",
            DrawerIcon = "#545c64",
            LinesDefault = "#dde1e5",
            LinesInputs = "#8c949c",
            TableLines = "#e6e9ec",
            TableHover = "#f1f3f5",
            TableStriped = "#f7f8f9",
            Divider = "#dde1e5",
            DividerLight = "#e9ecef",
            OverlayDark = "rgba(20,23,26,0.5)",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#4fb8cb",
            PrimaryContrastText = "#0d1113",
            Secondary = "#9fa7af",
            Tertiary = "#9fa7af",
            Info = "#7fb2f5",
            Success = "#5cc28a",
            Warning = "#f0a35a",
            Error = "#f58b82",
            ErrorContrastText = "#0d1113",
            Dark = "#e5e8ea",
            Black = "#0d1113",
            TextPrimary = "#e5e8ea",
            TextSecondary = "#9fa7af",
            TextDisabled = "#6c747c",
            ActionDefault = "#9fa7af",
            ActionDisabled = "#5b636b",
            ActionDisabledBackground = "#23282c",
            Background = "#101315",
            BackgroundGray = "#0c0f11",
            Surface = "#171b1e",
            AppbarBackground = "#171b1e",
            AppbarText = "#e5e8ea",
            DrawerBackground = "#101315",
            DrawerText = "#c3c9ce",
            DrawerIcon = "#9fa7af",
            LinesDefault = "#2b3136",
            LinesInputs = "#6f7881",
            TableLines = "#23292d",
            TableHover = "#1e2327",
            TableStriped = "#14181a",
            Divider = "#2b3136",
            DividerLight = "#23292d",
            OverlayDark = "rgba(0,0,0,0.6)",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", AppbarHeight = "48px", DrawerWidthLeft = "208px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = _fontFamily, FontSize = ".875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = _fontFamily, FontSize = "1.25rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "-.01em" },
            H2 = new H2Typography { FontFamily = _fontFamily, FontSize = "1rem", FontWeight = "600", LineHeight = "1.5", LetterSpacing = "normal" },
            H3 = new H3Typography { FontFamily = _fontFamily, FontSize = ".875rem", FontWeight = "600", LineHeight = "1.5", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = _fontFamily, FontSize = "1rem", FontWeight = "600", LineHeight = "1.5", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = _fontFamily, FontSize = ".875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = _fontFamily, FontSize = ".8125rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Subtitle1 = new Subtitle1Typography { FontFamily = _fontFamily, FontSize = ".875rem", FontWeight = "400", LetterSpacing = "normal" },
            Subtitle2 = new Subtitle2Typography { FontFamily = _fontFamily, FontSize = ".8125rem", FontWeight = "600", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = _fontFamily, FontSize = ".8125rem", FontWeight = "500", LineHeight = "1.5", LetterSpacing = "normal", TextTransform = "none" },
            Caption = new CaptionTypography { FontFamily = _fontFamily, FontSize = ".75rem", LineHeight = "1.4", LetterSpacing = "normal" },
            Overline = new OverlineTypography { FontFamily = _fontFamily, FontSize = ".75rem", FontWeight = "500", LineHeight = "1.4", LetterSpacing = "normal", TextTransform = "none" },
        },
    };
}
