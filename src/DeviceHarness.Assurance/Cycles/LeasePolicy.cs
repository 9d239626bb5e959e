namespace DeviceHarness.Assurance.Cycles;

/// <summary>How much work a rig is handed ahead, and how often work is repeated by itself.</summary>
public sealed record LeasePolicy
{
    /// <summary>The leases of a rig at once when nothing else is said: it goes on testing through an outage of three cases.</summary>
    public const int DefaultDepth = 4;

    /// <summary>The repeats of an inconclusive attempt when nothing else is said.</summary>
    public const int DefaultInconclusiveRetries = 2;

    /// <summary>The inconclusive attempts in a row that take a bench out when nothing else is said.</summary>
    public const int DefaultInconclusiveInARow = 3;

    /// <summary>The policy when nothing else is said.</summary>
    public static readonly LeasePolicy Default = new();

    private readonly int _depth = DefaultDepth;
    private readonly int _inconclusiveRetries = DefaultInconclusiveRetries;
    private readonly int _inconclusiveInARow = DefaultInconclusiveInARow;

    /// <summary>How many live leases a rig may hold: the one that it runs and those that wait behind it; from 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Depth
    {
        get => _depth;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _depth = value;
        }
    }

    /// <summary>How often a case that is safe to repeat is run again because its attempt was inconclusive or lost; from 0. Then a
    /// person decides.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public int InconclusiveRetries
    {
        get => _inconclusiveRetries;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 0);
            _inconclusiveRetries = value;
        }
    }

    /// <summary>After how many inconclusive attempts in a row a bench is given no more work, until its health check passes or a person
    /// lets it; 0: it never is taken out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public int InconclusiveInARow
    {
        get => _inconclusiveInARow;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 0);
            _inconclusiveInARow = value;
        }
    }
}
