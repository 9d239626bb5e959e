using System.Runtime.InteropServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.Gpio;

/// <summary>A GPIO line that this process drives. Safe for use from any thread.</summary>
/// <remarks>What the line does once the process is gone is the chip's business (some keep the level, some let go of it): "agent dead,
/// supply on" is done by the wiring, never here.</remarks>
public sealed class GpioOutput : IDisposable
{
    private readonly GpioLineSettings _line;
    private readonly PosixHandle _handle;

    private GpioOutput(GpioLineSettings line, PosixHandle handle)
    {
        _line = line;
        _handle = handle;
    }

    /// <summary>Takes a line and drives it from the first moment.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isActive">What it begins with.</param>
    /// <exception cref="TransportException">GPIO-001 there is no such line, GPIO-002 held by another, GPIO-003 not to be had
    /// so.</exception>
    public static GpioOutput Open(GpioLineSettings line, bool isActive)
    {
        ArgumentNullException.ThrowIfNull(line);
        using GpioChip chip = GpioChip.Open(line);
        return new GpioOutput(line, chip.Take(GpioLayouts.Output, isActive));
    }

    /// <summary>Drives the line.</summary>
    /// <param name="isActive">Whether it is to be active; the level follows from the line's wiring.</param>
    /// <exception cref="TransportException">GPIO-004 gone, GPIO-005 closed.</exception>
    public void Set(bool isActive)
    {
        GpioLineValues values = new() { Bits = isActive ? 1UL : 0UL, Mask = 1 };
        Exchange(GpioLayouts.SetValues, ref values);
    }

    /// <summary>Reads what the line is driven to.</summary>
    /// <exception cref="TransportException">GPIO-004 gone, GPIO-005 closed.</exception>
    public bool Get()
    {
        GpioLineValues values = new() { Mask = 1 };
        Exchange(GpioLayouts.GetValues, ref values);
        return (values.Bits & 1) != 0;
    }

    /// <summary>Gives the line back.</summary>
    public void Dispose() => _handle.Dispose();

    private void Exchange(uint request, ref GpioLineValues values)
    {
        try
        {
            if (LibC.Control(_handle, request, ref values) != 0)
            {
                throw GpioFaults.Gone(_line, "its chip takes no value", Marshal.GetLastPInvokeError());
            }
        }
        catch (ObjectDisposedException)
        {
            throw GpioFaults.Closed(_line);
        }
    }
}
