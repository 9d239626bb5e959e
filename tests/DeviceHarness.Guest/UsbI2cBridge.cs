using System.Text;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Guest;

/// <summary>A USB adapter with an I2C bus, of the kind that the kernel's driver i2c-tiny-usb drives, with chips at the bus.</summary>
/// <remarks>Spec: Linux, <c>drivers/i2c/busses/i2c-tiny-usb.c</c>, for the requests; USB 2.0, section 9.4 and 9.6, for what every device
/// answers. A message without a stop behind it and the next one are one transfer to the chip, with a repeated start between them.</remarks>
internal sealed class UsbI2cBridge : IDisposable
{
    private const int GetFunctions = 1;
    private const int SetDelay = 2;
    private const int GetStatus = 3;
    private const int Message = 4;
    private const int Begins = 1;
    private const int Ends = 2;
    private const ushort Reads = 1;
    private const uint PlainMessages = 1;
    private const byte Acknowledged = 1;
    private const byte NotAcknowledged = 2;

    // Vendor and product as the driver's table has them; no endpoint but the one for control.
    private static readonly byte[] Device = [18, 1, 0x10, 0x01, 0xFF, 0, 0, 64, 0x03, 0x04, 0x31, 0xC6, 0, 1, 1, 2, 3, 1];
    private static readonly byte[] Configuration = [9, 2, 18, 0, 1, 1, 0, 0x80, 50, 9, 4, 0, 0, 0, 0xFF, 0, 0, 0];
    private static readonly string[] Strings = ["", "DeviceHarness", "I2C at USB", "HARNESS-I2C"];

    private readonly Lock _gate = new();
    private readonly IReadOnlyDictionary<int, II2cDevice> _chips;
    private readonly List<string> _messages = [];
    private readonly PluggedUsbDevice _device;
    private byte[] _written = [];
    private byte _status;

    private UsbI2cBridge(IReadOnlyDictionary<int, II2cDevice> chips)
    {
        _chips = chips;
        _device = PluggedUsbDevice.PlugIn(port: 0, Answer);
    }

    /// <summary>What went over the bus since it was last asked: <c>S</c> a start, then address, direction and octets, <c>P</c> a
    /// stop.</summary>
    public string Traffic()
    {
        lock (_gate)
        {
            string traffic = string.Join(' ', _messages);
            _messages.Clear();
            return traffic;
        }
    }

    /// <summary>Plugs one in.</summary>
    /// <param name="chips">What acknowledges which address.</param>
    public static UsbI2cBridge PlugIn(IReadOnlyDictionary<int, II2cDevice> chips) => new(chips);

    /// <summary>The path of its bus, such as <c>/dev/i2c-1</c>; null while the kernel has none.</summary>
    public static string? FindBus()
    {
        const string Buses = "/sys/bus/i2c/devices";
        string? folder = Directory.Exists(Buses)
            ? Directory.GetDirectories(Buses, "i2c-*").FirstOrDefault(bus =>
                File.ReadAllText(Path.Combine(bus, "name")).StartsWith("i2c-tiny-usb", StringComparison.Ordinal))
            : null;
        string path = $"/dev/{Path.GetFileName(folder)}";
        return folder is not null && File.Exists(path) ? path : null;
    }

    /// <summary>Pulls it out.</summary>
    public void Dispose() => _device.Dispose();

    private byte[]? Answer(UsbSetup request, byte[] octets)
    {
        lock (_gate)
        {
            return (request.IsMakers, request.Request) switch
            {
                (true, GetFunctions) => BitConverter.GetBytes(PlainMessages),
                (true, SetDelay) => [],
                (true, GetStatus) => [_status],
                (true, >= Message and <= (Message | Begins | Ends)) => Carry(request, octets),
                (true, _) => null,
                (_, 0) => [0, 0],
                (_, 6) => Describe(request.Value),
                _ => [],
            };
        }
    }

    private static byte[]? Describe(ushort which) => (which >> 8, which & 0xFF) switch
    {
        (1, _) => Device,
        (2, 0) => Configuration,
        (3, 0) => [4, 3, 0x09, 0x04],
        (3, var number) when number < Strings.Length =>
            [(byte)(2 + (2 * Strings[number].Length)), 3, .. Encoding.Unicode.GetBytes(Strings[number])],
        _ => null,
    };

    private byte[] Carry(UsbSetup request, byte[] octets)
    {
        bool reads = (request.Value & Reads) != 0;
        bool ends = (request.Request & Ends) != 0;
        byte[] read = new byte[reads ? request.Length : 0];
        if (!_chips.TryGetValue(request.Index, out II2cDevice? chip))
        {
            _status = NotAcknowledged;
            _messages.Add($"S {request.Index:X2} no");
            return read;
        }

        _status = Acknowledged;
        if (reads)
        {
            chip.Transfer(_written, read);
        }
        else if (ends)
        {
            chip.Transfer(octets, []);
        }

        _written = reads || ends ? [] : octets;
        _messages.Add(
            $"S {request.Index:X2} {(reads ? 'R' : 'W')} {Convert.ToHexString(reads ? read : octets)}{(ends ? " P" : string.Empty)}");
        return read;
    }
}
