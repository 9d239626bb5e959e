namespace DeviceHarness.Drivers.Han;

/// <summary>The networks whose radios hear each other: at most one of them lets devices join at a time, so that no device joins the wrong
/// one.</summary>
/// <remarks>Safe for any number of callers.</remarks>
public sealed class HanRadioDomain
{
    private readonly Lock _gate = new();
    private object? _holder;
    private string _name = string.Empty;

    /// <summary>The port of the network that lets devices join; empty when none does.</summary>
    public string Holder
    {
        get
        {
            lock (_gate)
            {
                return _name;
            }
        }
    }

    internal bool TryEnter(object holder, string name)
    {
        lock (_gate)
        {
            if (_holder is not null)
            {
                return false;
            }

            _holder = holder;
            _name = name;
            return true;
        }
    }

    internal void Leave(object holder)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_holder, holder))
            {
                _holder = null;
                _name = string.Empty;
            }
        }
    }
}
