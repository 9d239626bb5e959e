using System.Globalization;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Transports.Serial;
using Google.Protobuf.WellKnownTypes;

namespace DeviceHarness.Agent.Bench;

/// <summary>How an open port hands octets on: a USB adapter keeps a short answer back until its latency timer fires.</summary>
/// <param name="Timer">The timer; null when the port has none that the system tells.</param>
/// <param name="IsLow">Whether the port took the request to hand octets on at once.</param>
/// <param name="Kind">What has no timer, such as <c>pty</c>; used only then.</param>
internal sealed record AdapterLatency(TimeSpan? Timer, bool IsLow, string Kind)
{
    private const string PseudoTerminals = "/dev/pts/";

    /// <summary>Asks a port for low latency and reads what holds then.</summary>
    public static AdapterLatency Settle(SerialPortTransport port)
    {
        bool isLow = port.TrySetLowLatency();
        bool isPseudoTerminal = port.DevicePath.StartsWith(PseudoTerminals, StringComparison.Ordinal);
        return new AdapterLatency(port.AdapterLatency, isLow, isPseudoTerminal ? "pty" : Path.GetFileName(port.DevicePath));
    }

    /// <summary>The contract's form.</summary>
    public AdapterSetting ToWire()
    {
        AdapterSetting wire = new() { LowLatency = IsLow, Text = ToString() };
        if (Timer is { } timer)
        {
            wire.Latency = Duration.FromTimeSpan(timer);
        }

        return wire;
    }

    /// <summary>The setting for a person: <c>1 ms, low latency</c>; <c>16 ms, low latency refused</c>; <c>no USB timer (pty)</c>.</summary>
    public override string ToString() => Timer is { } timer
        ? string.Create(CultureInfo.InvariantCulture, $"{timer.TotalMilliseconds} ms, low latency{(IsLow ? string.Empty : " refused")}")
        : $"no USB timer ({Kind})";
}
