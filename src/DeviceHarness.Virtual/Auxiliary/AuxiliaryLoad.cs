namespace DeviceHarness.Virtual.Auxiliary;

/// <summary>One auxiliary load: on by boost, else as overridden, else as its calendar says.</summary>
internal sealed class AuxiliaryLoad(int watts)
{
    /// <summary>What it takes while it is on, in watts.</summary>
    public int Watts => watts;

    /// <summary>Whether it is on.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>What a command said; null when the calendar decides.</summary>
    public bool? Override { get; private set; }

    /// <summary>Until when it is boosted; null when it is not.</summary>
    public DateTimeOffset? BoostUntil { get; private set; }

    /// <summary>What the calendar said last; null when it says nothing.</summary>
    public bool? Calendar { get; private set; }

    /// <summary>A command switches it, until the calendar switches again or it is reset.</summary>
    public void Command(bool? isClosed)
    {
        Override = isClosed;
        Decide();
    }

    /// <summary>The consumer presses a button.</summary>
    public void Boost(DateTimeOffset until)
    {
        BoostUntil = until;
        Decide();
    }

    /// <summary>Looks at calendar and time.</summary>
    public void Look(bool? calendar, DateTimeOffset now)
    {
        if (calendar != Calendar)
        {
            Calendar = calendar;
            Override = null;
        }

        BoostUntil = BoostUntil <= now ? null : BoostUntil;
        Decide();
    }

    /// <summary>The fault of some meters: it falls open and forgets what it was told.</summary>
    public void Disturb()
    {
        Override = null;
        BoostUntil = null;
        Calendar = null;
        IsClosed = false;
    }

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(bool? commanded, bool? calendar, DateTimeOffset? boostUntil)
    {
        (Override, Calendar, BoostUntil) = (commanded, calendar, boostUntil);
        Decide();
    }

    private void Decide() => IsClosed = BoostUntil is not null || (Override ?? Calendar ?? false);
}
