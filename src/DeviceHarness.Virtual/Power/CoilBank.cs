namespace DeviceHarness.Virtual.Power;

/// <summary>The coils of a relay board and the contacts that they move; all coils are off when it is made. One caller at a time.</summary>
internal sealed class CoilBank
{
    private readonly RelayBoardOptions _options;
    private readonly IReadOnlyList<BoardContact> _contacts;
    private readonly bool[] _coils;
    private readonly TimeSpan?[] _drops;

    /// <summary>Switches the board on: the contacts stand where their springs hold them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The board has no such channels.</exception>
    internal CoilBank(RelayBoardOptions options, IReadOnlyList<BoardContact> contacts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Channels, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Channels, RelayBoardOptions.MaximumChannels, nameof(options));
        _options = options;
        _contacts = contacts;
        _coils = new bool[options.Channels];
        _drops = new TimeSpan?[options.Channels];
        foreach (BoardContact contact in contacts)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(contact.Channel, 1, nameof(contacts));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(contact.Channel, options.Channels, nameof(contacts));
            contact.Follow(isDriven: false);
        }
    }

    /// <summary>How many coils there are.</summary>
    internal int Count => _coils.Length;

    /// <summary>When a coil drops by itself; null when none does.</summary>
    internal TimeSpan? NextDrop => _drops.Min();

    /// <summary>Whether a coil is driven, as the board has it.</summary>
    /// <param name="index">The coil, from 0.</param>
    internal bool IsDriven(int index) => _coils[index];

    /// <summary>Drives a coil, or lets it go.</summary>
    /// <param name="index">The coil, from 0.</param>
    /// <param name="isDriven">Whether it is to be driven.</param>
    /// <param name="now">Now.</param>
    internal void Set(int index, bool isDriven, TimeSpan now)
    {
        _coils[index] = isDriven;
        _drops[index] = isDriven && Has(RelayBoardDefects.Forgets) ? now + _options.ForgetsAfter : null;
        if (Has(RelayBoardDefects.Stuck))
        {
            return;
        }

        foreach (BoardContact contact in _contacts.Where(contact => contact.Channel == index + 1))
        {
            contact.Follow(isDriven);
        }
    }

    /// <summary>Lets go of the coils that drop by themselves.</summary>
    /// <param name="now">Now.</param>
    internal void Settle(TimeSpan now)
    {
        for (int index = 0; index < _drops.Length; index++)
        {
            if (_drops[index] <= now)
            {
                Set(index, isDriven: false, now);
            }
        }
    }

    private bool Has(RelayBoardDefects defect) => (_options.Defects & defect) != 0;
}
