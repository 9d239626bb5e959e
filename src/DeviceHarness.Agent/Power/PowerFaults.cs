using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Power;

/// <summary>Why a feed was not switched, in one place: code, what happened, what to do. All are the bench's, never a device's.</summary>
internal static class PowerFaults
{
    internal static TransportException Isolated(string rig) =>
        new(
            "POWER-004", "the bench was switched off by its emergency stop or isolator, and nothing switches it on again until a person "
            + $"acknowledges it at the bench: press its button, or run 'harness power acknowledge' there (rig {rig})", rig);

    internal static TransportException LimitReached(RigFeed feed) =>
        new(
            "POWER-005", $"feed {feed.Feed.Name}: it was switched off {feed.DailyLimit} times today, its 'daily-limit'; go on tomorrow "
            + "(UTC), or raise it", feed.Feed.Name);

    internal static TransportException SourceIsOff(RigFeed feed) =>
        new("POWER-006", $"feed {feed.Feed.Name}: the feed {feed.FedBy} that it is fed by is off; switch that on first", feed.Feed.Name);

    internal static TransportException NotKept(string rig, Exception exception) =>
        new(
            "POWER-007", $"rig {rig}: what was switched cannot be kept: {exception.Message}; is the disk full?", rig, exception);

    internal static TransportException NotMoved(string what, bool isActive) =>
        new(
            "POWER-008", $"{what}: its contact was told to {(isActive ? "close" : "open")}, and the line under 'seen-by' did not follow "
            + "within 2 s; see to the contact, its wires and its supply", what);

    internal static TransportException StuckClosed(string what) =>
        new(
            "POWER-009", $"{what}: the line under 'seen-by' is active before its contact was driven, so nothing was; is the contact stuck, "
            + "does somebody hold it, or is the line active at a low level ('active-low')?", what);
}
