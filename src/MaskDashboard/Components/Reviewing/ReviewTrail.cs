namespace MaskDashboard.Components.Reviewing;

/// <summary>The photographs a reviewer has been to, in order, so that one can go back to what was just reviewed and has left the queue. Where it ends, the queue goes on.</summary>
public sealed class ReviewTrail
{
    private readonly List<long> _images = [];
    private int _here = -1;

    /// <summary>The photograph to go back to; null at the start of the trail.</summary>
    public long? Back => _here > 0 ? _images[_here - 1] : null;

    /// <summary>The photograph that one came back from; null at the end of the trail.</summary>
    public long? Forward => _here + 1 < _images.Count ? _images[_here + 1] : null;

    /// <summary>The reviewer goes to a photograph: a step along the trail where that leads there, else a new step after this one.</summary>
    /// <param name="imageId">The photograph.</param>
    public void GoTo(long imageId)
    {
        if (_here >= 0 && _images[_here] == imageId)
        {
            return;
        }

        if (Forward == imageId)
        {
            _here++;
        }
        else if (Back == imageId)
        {
            _here--;
        }
        else
        {
            _here++;
            _images.RemoveRange(_here, _images.Count - _here);
            _images.Add(imageId);
        }
    }

    /// <summary>Goes to a photograph before the first of the trail.</summary>
    /// <param name="imageId">The photograph.</param>
    public void Prepend(long imageId)
    {
        _images.Insert(0, imageId);
        _here = 0;
    }

    /// <summary>Forgets a photograph that is gone.</summary>
    /// <param name="imageId">The photograph.</param>
    public void Forget(long imageId)
    {
        for (var index = _images.Count - 1; index >= 0; index--)
        {
            if (_images[index] == imageId)
            {
                _images.RemoveAt(index);
                _here -= index <= _here ? 1 : 0;
            }
        }
    }
}
