namespace MaskDashboard.Components.Viewer;

/// <summary>Which colours a viewer wants.</summary>
public enum ThemeChoice
{
    /// <summary>As the operating system says.</summary>
    System = 0,

    /// <summary>Always light.</summary>
    Light = 1,

    /// <summary>Always dark.</summary>
    Dark = 2,
}

/// <summary>The viewer's colours; one for each circuit.</summary>
public sealed class ViewerTheme
{
    private bool _prefersDark;

    /// <summary>Raised after <see cref="IsDark"/> or <see cref="Choice"/> changed.</summary>
    public event Action? Changed;

    /// <summary>What the viewer chose.</summary>
    public ThemeChoice Choice { get; private set; }

    /// <summary>Whether the page is dark now.</summary>
    public bool IsDark => Choice == ThemeChoice.Dark || (Choice == ThemeChoice.System && _prefersDark);

    /// <summary>Sets what is known of the viewer.</summary>
    /// <param name="choice">What the viewer chose.</param>
    /// <param name="prefersDark">What the operating system says.</param>
    public void Use(ThemeChoice choice, bool prefersDark)
    {
        if ((choice, prefersDark) != (Choice, _prefersDark))
        {
            (Choice, _prefersDark) = (choice, prefersDark);
            Changed?.Invoke();
        }
    }

    /// <summary>The viewer chose.</summary>
    /// <param name="choice">The choice.</param>
    public void Choose(ThemeChoice choice) => Use(choice, _prefersDark);

    /// <summary>The operating system changed its mind.</summary>
    /// <param name="prefersDark">Whether it asks for dark colours.</param>
    public void Prefer(bool prefersDark) => Use(Choice, prefersDark);
}
