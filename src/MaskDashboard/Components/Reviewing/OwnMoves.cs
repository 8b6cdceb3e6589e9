namespace MaskDashboard.Components.Reviewing;

/// <summary>
/// Tells the page's own changes of its address from the viewer's. The address comes after what is shown, several steps after while keys are typed ahead:
/// whoever followed it would go back.
/// </summary>
internal sealed class OwnMoves
{
    private readonly Queue<long> _onTheWay = new();

    /// <summary>Where the address will be; null when nothing is on the way.</summary>
    public long? Last => _onTheWay.Count > 0 ? _onTheWay.Last() : null;

    /// <summary>The page changes its address.</summary>
    /// <param name="imageId">The photograph; null for none, which the page follows: there may be new ones.</param>
    public void Add(long? imageId)
    {
        if (imageId is { } known)
        {
            _onTheWay.Enqueue(known);
        }
        else
        {
            _onTheWay.Clear();
        }
    }

    /// <summary>The address changed.</summary>
    /// <param name="imageId">Its photograph; null for none.</param>
    /// <returns>Whether the page did it, and has shown that photograph since; moves before it were overtaken.</returns>
    public bool Take(long? imageId)
    {
        if (imageId is not { } known || !_onTheWay.Contains(known))
        {
            _onTheWay.Clear();
            return false;
        }

        while (_onTheWay.Dequeue() != known)
        {
            // Overtaken.
        }

        return true;
    }
}
