using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>The way to the simulated Service Provider's top-up tokens.</summary>
public interface ITokenPort
{
    /// <summary>Makes the next token of a device; it was never made before, also by an earlier run.</summary>
    /// <param name="device">The device, by its name in the rig file.</param>
    /// <param name="pence">The amount, 1 to 999,999.</param>
    /// <param name="flaw">What is wrong with it on purpose.</param>
    /// <returns>Twenty digits, which nothing may write down; null when the rig file gives no secret to make it from.</returns>
    /// <exception cref="Errors.LocalProtocolException">UTRN-001: its number cannot be kept, or all are used up.</exception>
    string? Issue(DeviceId device, int pence, UtrnFlaw flaw);
}
