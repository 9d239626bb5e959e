using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ash;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ash;

/// <summary>What a lost link means to a person, and what to do about it.</summary>
internal static class AshLinkFaults
{
    /// <summary>The exception for a failure.</summary>
    internal static AdapterException Of(string port, AshLinkFailure failure, AshHostLink link)
    {
        string code = link.LastCode?.Describe() ?? "no code";
        return failure switch
        {
            AshLinkFailure.Silence => New(
                "ASH-010",
                AdapterFault.Silent,
                $"{port}: no RSTACK to {link.Tries} resets; check that the adapter is plugged in, that speed and flow control of the rig "
                + "file are those of its firmware, and that the firmware is an EZSP NCP"),
            AshLinkFailure.WrongReset => New(
                "ASH-011",
                AdapterFault.Silent,
                $"{port}: the adapter answers a reset with {code} and not with a software reset; unplug it, plug it in again and try "
                + "once more"),
            AshLinkFailure.WrongVersion => New(
                "ASH-012",
                AdapterFault.WrongFirmware,
                $"{port}: the adapter's serial protocol is not version {AshFrame.ProtocolVersion}; load an EZSP NCP firmware"),
            AshLinkFailure.Bootloader => New(
                "ASH-013",
                AdapterFault.Bootloader,
                $"{port}: the adapter is in its Gecko bootloader; choose 2 (run) in its menu, or load an EZSP NCP firmware"),
            AshLinkFailure.Rebooted => New(
                "ASH-014", AdapterFault.Rebooted, $"{port}: the adapter has rebooted: {code}; it is started again from the beginning"),
            AshLinkFailure.Stopped => New(
                "ASH-015", AdapterFault.Stopped, $"{port}: the adapter has stopped: {code}; it is reset and started again{Stall(link)}"),
            AshLinkFailure.Unacknowledged => New(
                "ASH-016",
                AdapterFault.LinkLost,
                $"{port}: the adapter does not acknowledge what is sent ({link.DamageCount} frames came damaged); check cable, speed and "
                + "flow control, and that no other program has the port open"),
            _ => throw new UnreachableException(),
        };

        AdapterException New(string faultCode, AdapterFault fault, string text) => new(faultCode, fault, text, (long?)link.LastCode);
    }

    private static string Stall(AshHostLink link) => link.LastCode == AshResetCode.TooManyAckTimeouts
        ? "; this host was held up for seconds, or the line loses what it sends"
        : "";
}
