using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Power;

/// <summary>What is known of the supply of a rig without touching it.</summary>
/// <param name="Feeds">Its feeds, in file order.</param>
/// <param name="HasIsolation">Whether an emergency stop or isolator is wired to it.</param>
/// <param name="IsIsolated">Whether it was isolated and nobody acknowledged it.</param>
public sealed record PowerListing(IReadOnlyList<FeedRow> Feeds, bool HasIsolation, bool IsIsolated)
{
    /// <summary>Reads it.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="dataFolder">The data folder of its agent.</param>
    /// <param name="time">The clock: counts are of today (UTC).</param>
    /// <exception cref="TransportException">POWER-007: what was switched cannot be read.</exception>
    public static PowerListing Of(RigConfiguration rig, string dataFolder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(rig);
        SwitchLedger? ledger = Existing(rig, dataFolder, time);
        return new PowerListing(
            [.. rig.Power.Feeds.Select(feed => new FeedRow(
                feed.Feed.Name, TextOf(feed.Switch), feed.FedBy, [.. feed.Feed.Devices.Select(device => device.Value)],
                ledger?.CountOf(feed.Feed.Name) ?? 0, feed.DailyLimit, feed.LoadAmperes))],
            rig.Power.Isolation is not null, ledger?.IsIsolated == true);
    }

    /// <summary>A person at the bench lets it be switched on again.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="dataFolder">The data folder of its agent.</param>
    /// <param name="time">The clock.</param>
    /// <returns>False when there was nothing to acknowledge.</returns>
    /// <exception cref="TransportException">POWER-007: it cannot be kept.</exception>
    public static bool Acknowledge(RigConfiguration rig, string dataFolder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(rig);
        SwitchLedger? ledger = Existing(rig, dataFolder, time);
        if (ledger is not { IsIsolated: true })
        {
            return false;
        }

        ledger.AskAcknowledgement();
        return true;
    }

    /// <summary>What the agent keeps; null before it kept anything. Nothing is made: it may be another account's folder.</summary>
    private static SwitchLedger? Existing(RigConfiguration rig, string dataFolder, TimeProvider time)
    {
        string folder = RigSupply.LedgerFolder(rig, dataFolder);
        return Directory.Exists(folder) ? new SwitchLedger(new DiskJournalStorage(folder), rig.Name, time) : null;
    }

    private static string TextOf(FeedSwitch feed) => feed switch
    {
        GpioSwitch gpio => $"GPIO line {gpio.Line.Line} of {gpio.Line.Chip}, {Contact(gpio)}",
        BoardSwitch board => $"channel {board.Channel} of the relay board {board.Board}, {Contact(board)}",
        HttpSwitch outlet => $"the power strip {outlet.On.Url.Host}",
        ExecSwitch programs => $"the program {programs.On[0]}",
        _ => "the virtual bench",
    };

    private static string Contact(CoilSwitch coil) => coil.IsNormallyClosed ? "normally closed" : "normally open";
}

/// <summary>A feed of a rig.</summary>
/// <param name="Name">Its name in the rig file.</param>
/// <param name="SwitchedBy">What switches it, for a person.</param>
/// <param name="FedBy">The feed that it is fed by; null for one at the mains.</param>
/// <param name="Devices">All devices that lose their supply with it.</param>
/// <param name="OffToday">How often it was switched off today (UTC).</param>
/// <param name="DailyLimit">How often it may be; null for no limit.</param>
/// <param name="LoadAmperes">What its devices draw at most, in amperes; null when the file does not say.</param>
public sealed record FeedRow(
    string Name, string SwitchedBy, string? FedBy, IReadOnlyList<string> Devices, int OffToday, int? DailyLimit, double? LoadAmperes);
