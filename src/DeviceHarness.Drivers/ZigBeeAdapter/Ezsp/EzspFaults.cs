using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>What goes wrong between host and adapter above the serial link.</summary>
internal static class EzspFaults
{
    internal static AdapterException NoAnswer(string port, EzspFrameId id, TimeSpan waited) => new(
        "EZSP-010",
        AdapterFault.NoAnswer,
        $"{port}: the adapter acknowledges, but does not answer {id} in {waited.TotalSeconds:F0} s; unplug it, plug it in again and try "
        + "once more");

    internal static AdapterException InvalidCommand(string port, EzspFrameId id, EzspStatus reason) => new(
        "EZSP-011",
        AdapterFault.Refused,
        $"{port}: the adapter refuses {id}: {EzspStatusCode.FromEzspStatus(reason)}; its firmware may not have this command",
        (long)reason);

    internal static AdapterException CutShort(string port, EzspFrameId id) => new(
        "EZSP-012", AdapterFault.BrokenProtocol, $"{port}: the adapter cut its answer to {id} short, or secured it");

    internal static AdapterException Misfit(string port, EzspFrameId id, EzspVersion version) => new(
        "EZSP-013", AdapterFault.BrokenProtocol, $"{port}: the answer to {id} does not fit {version}");

    internal static AdapterException WrongVersion(string port, byte version) => new(
        "EZSP-014",
        AdapterFault.WrongFirmware,
        $"{port}: the adapter speaks EZSP {version}; the harness speaks {EzspClient.OldestVersion} to {EzspClient.NewestVersion}: load "
        + "another EZSP NCP firmware, EmberZNet 7.4 for one",
        version);

    internal static AdapterException Refused(string port, string what, EzspStatusCode status, string remedy = "") =>
        new("EZSP-015", AdapterFault.Refused, $"{port}: the adapter refuses {what}: {status}{remedy}", status.Value);

    internal static AdapterException NotConfirmed(string port, string what, TimeSpan waited) => new(
        "EZSP-016",
        AdapterFault.NoAnswer,
        $"{port}: the adapter was asked {what}, and did not say in {waited.TotalSeconds:F0} s what came of it");

    /// <summary>Throws unless the status means success.</summary>
    internal static void Require(string port, string what, EzspStatusCode status, string remedy = "")
    {
        if (!status.IsSuccess)
        {
            throw Refused(port, what, status, remedy);
        }
    }
}
