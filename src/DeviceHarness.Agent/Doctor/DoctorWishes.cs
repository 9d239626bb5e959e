namespace DeviceHarness.Agent.Doctor;

/// <summary>What a doctor does beyond looking, since a person asked for it.</summary>
public sealed record DoctorWishes
{
    /// <summary>Nothing.</summary>
    public static DoctorWishes None { get; } = new();

    /// <summary>Whether each optical head is tried by ten sign-ons: octets go to the devices behind them, and change nothing.</summary>
    public bool TriesHeads { get; init; }

    /// <summary>Whether each feed is switched off and on, and left to itself as when the agent dies: devices lose their supply.</summary>
    public bool MovesContacts { get; init; }

    /// <summary>The built-in packs of whose cases is told which can run; empty for none.</summary>
    public IReadOnlyList<string> Packs { get; init; } = [];
}
