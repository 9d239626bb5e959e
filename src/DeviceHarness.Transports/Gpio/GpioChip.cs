using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.Gpio;

/// <summary>An open GPIO chip: finds a line by its name, and takes it. What it took outlives it.</summary>
internal sealed unsafe class GpioChip : IDisposable
{
    private const int OpenReadWriteCloseOnExec = TtyRequest.OpenReadWrite | TtyRequest.OpenCloseOnExec;

    private readonly PosixHandle _handle;
    private readonly GpioLineSettings _line;
    private readonly uint _lines;

    private GpioChip(PosixHandle handle, GpioLineSettings line, uint lines)
    {
        _handle = handle;
        _line = line;
        _lines = lines;
    }

    /// <summary>Opens the chip of a line, by its path or its label.</summary>
    /// <exception cref="TransportException">GPIO-001: there is none.</exception>
    internal static GpioChip Open(GpioLineSettings line) => line.Chip.StartsWith('/') ? OpenPath(line) : OpenLabel(line);

    /// <summary>Takes the line.</summary>
    /// <param name="flags">Direction and edges.</param>
    /// <param name="initial">The value that an output begins with; null for an input.</param>
    /// <returns>The descriptor that is the lease of the line: closing it gives the line back.</returns>
    /// <exception cref="TransportException">GPIO-001 the chip has no such line, GPIO-002 held by another, GPIO-003 not to be had
    /// so.</exception>
    internal PosixHandle Take(ulong flags, bool? initial)
    {
        uint offset = FindLine(out GpioLineInfo info);
        GpioLineRequest request = default;
        request.Offsets[0] = offset;
        request.Lines = 1;
        CopyText(_line.Consumer, request.Consumer);
        request.Config.Flags = flags | Wiring();
        if (initial is { } value)
        {
            // Given with the request: a line that began at 0 and was set afterwards would drop the supply for a moment.
            Add(ref request.Config, GpioLayouts.OutputValuesAttribute, value ? 1UL : 0UL);
        }
        else if (_line.Debounce > TimeSpan.Zero)
        {
            Add(ref request.Config, GpioLayouts.DebounceAttribute, (uint)(_line.Debounce.Ticks / TimeSpan.TicksPerMicrosecond));
        }

        return LibC.Control(_handle, GpioLayouts.GetLine, ref request) == 0
            ? new PosixHandle(request.Descriptor)
            : throw GpioFaults.NotTaken(_line, Text(info.Consumer), Marshal.GetLastPInvokeError());
    }

    public void Dispose() => _handle.Dispose();

    private static GpioChip OpenPath(GpioLineSettings line)
    {
        GpioChip? chip = TryOpen(line, line.Chip, out _, out string found);
        return chip ?? throw GpioFaults.NoChip(line, found);
    }

    private static GpioChip OpenLabel(GpioLineSettings line)
    {
        List<string> labels = [];
        foreach (string path in Directory.EnumerateFileSystemEntries("/dev", "gpiochip*").Order(StringComparer.Ordinal))
        {
            GpioChip? chip = TryOpen(line, path, out string label, out string found);
            if (chip is not null && label == line.Chip)
            {
                return chip;
            }

            labels.Add(chip is null ? $"{path}: {found}" : $"{path} is '{label}'");
            chip?.Dispose();
        }

        throw GpioFaults.NoChip(line, labels.Count == 0 ? "this machine has none" : string.Join("; ", labels));
    }

    private static GpioChip? TryOpen(GpioLineSettings line, string path, out string label, out string found)
    {
        label = string.Empty;
        PosixHandle handle = LibC.Open(path, OpenReadWriteCloseOnExec);
        GpioChipInfo info = default;
        if (handle.IsInvalid || LibC.Control(handle, GpioLayouts.GetChipInfo, ref info) != 0)
        {
            found = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
            handle.Dispose();
            return null;
        }

        found = string.Empty;
        label = Text(info.Label);
        return new GpioChip(handle, line, info.Lines);
    }

    private uint FindLine(out GpioLineInfo info)
    {
        bool isNumber = uint.TryParse(_line.Line, NumberStyles.None, CultureInfo.InvariantCulture, out uint number);
        for (uint offset = 0; offset < _lines; offset++)
        {
            info = new GpioLineInfo { Offset = offset };
            if (isNumber && offset != number)
            {
                continue;
            }

            if (LibC.Control(_handle, GpioLayouts.GetLineInfo, ref info) != 0)
            {
                throw GpioFaults.Gone(_line, "its chip does not tell its lines", Marshal.GetLastPInvokeError());
            }

            if (isNumber || Text(ref info) == _line.Line)
            {
                return offset;
            }
        }

        throw GpioFaults.NoLine(_line, _lines);
    }

    private ulong Wiring() => (_line.IsActiveLow ? GpioLayouts.ActiveLow : 0) | _line.Bias switch
    {
        GpioBias.Disabled => GpioLayouts.BiasDisabled,
        GpioBias.PullUp => GpioLayouts.PullUp,
        GpioBias.PullDown => GpioLayouts.PullDown,
        _ => 0UL,
    };

    private static void Add(ref GpioLineConfig config, uint attribute, ulong value)
    {
        config.Attributes[(int)config.Count] = new GpioConfigAttribute { Attribute = { Id = attribute, Value = value }, Mask = 1 };
        config.Count++;
    }

    private static string Text(ref GpioLineInfo info)
    {
        fixed (byte* name = info.Name)
        {
            return Text(name);
        }
    }

    private static string Text(byte* octets)
    {
        ReadOnlySpan<byte> all = new(octets, GpioLayouts.NameOctets);
        int end = all.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? all : all[..end]);
    }

    private static void CopyText(string text, byte* target)
    {
        ReadOnlySpan<byte> octets = Encoding.UTF8.GetBytes(text);
        octets[..Math.Min(octets.Length, GpioLayouts.NameOctets - 1)].CopyTo(new Span<byte>(target, GpioLayouts.NameOctets));
    }
}
