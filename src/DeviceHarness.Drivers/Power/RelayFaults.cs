using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Drivers.Power;

/// <summary>The errors of relay boards, in one place: code, what happened, what to try. All are the bench's, never a device's.</summary>
internal static class RelayFaults
{
    internal static TransportException Silent(string board, int tries) =>
        new(
            "POWER-001", $"{board}: the relay board does not answer, asked {tries} times; is it powered, and are 'port', 'baud' and "
            + "'address' its own?", board);

    internal static TransportException Refused(string board, int channel, string what) =>
        new("POWER-002", $"{board}: the relay board refuses channel {channel}: {what}; has it so many channels?", board);

    internal static TransportException Differs(string board, int channel, bool isEnergised) =>
        new(
            "POWER-003", $"{board}: channel {channel} was {(isEnergised ? "driven" : "let go")}, and the relay board says the opposite; "
            + "look at the board", board);
}
