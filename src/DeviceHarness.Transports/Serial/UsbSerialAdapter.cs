namespace DeviceHarness.Transports.Serial;

/// <summary>A serial port of a USB adapter that is plugged in, and the names that do not change with the order of plugging.</summary>
public sealed record UsbSerialAdapter
{
    /// <summary>The device node, which is another one after each replug: <c>/dev/ttyUSB0</c>.</summary>
    public required string DevicePath { get; init; }

    /// <summary>The USB socket that it is plugged into, as the kernel numbers it: <c>1-1.2</c>.</summary>
    public required string Socket { get; init; }

    /// <summary>Maker and product, in hexadecimal: <c>0403:6001</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Which of the adapter's ports it is; empty where it has one.</summary>
    public string Interface { get; init; } = string.Empty;

    /// <summary>The serial number that it tells; empty for an adapter without one.</summary>
    public string SerialNumber { get; init; } = string.Empty;

    /// <summary>Its name by maker, product and serial number; empty where the system makes none.</summary>
    public string ById { get; init; } = string.Empty;

    /// <summary>Its name by socket; empty where the system makes none.</summary>
    public string ByPath { get; init; } = string.Empty;

    /// <summary>Whether another adapter tells the same of itself, so that nothing but their sockets tells them apart.</summary>
    public bool IsLike(UsbSerialAdapter other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Socket != other.Socket && (Model, Interface, SerialNumber) == (other.Model, other.Interface, other.SerialNumber);
    }

    /// <summary>The name that a rig file is to give it.</summary>
    /// <param name="all">All adapters that are plugged in.</param>
    /// <returns>By serial number, or by socket where the adapter has no serial number of its own; empty where the system makes
    /// neither.</returns>
    public string StableName(IEnumerable<UsbSerialAdapter> all) =>
        HasOwnNumber(all) && ById.Length > 0 ? ById : ByPath;

    /// <summary>Whether its serial number tells it from every other adapter that is plugged in.</summary>
    public bool HasOwnNumber(IEnumerable<UsbSerialAdapter> all) => SerialNumber.Length > 0 && !all.Any(IsLike);
}
