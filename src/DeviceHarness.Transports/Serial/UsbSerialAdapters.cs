using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.Serial;

/// <summary>The USB serial adapters that are plugged in, as the kernel and udev show them.</summary>
public static class UsbSerialAdapters
{
    private const string Devices = "dev";
    private const string Terminals = "sys/class/tty";
    private const string NamesById = "dev/serial/by-id";
    private const string NamesByPath = "dev/serial/by-path";

    // Above a terminal are its port, the interface and the adapter; a hub is not looked into.
    private const int LevelsAbove = 6;

    private static readonly string[] Prefixes = ["ttyUSB", "ttyACM"];

    /// <summary>Looks for them; nothing is opened.</summary>
    /// <param name="root">The root of the file system, <c>/</c>.</param>
    public static IReadOnlyList<UsbSerialAdapter> Find(string root = "/")
    {
        ArgumentNullException.ThrowIfNull(root);
        string terminals = Path.Combine(root, Terminals);
        if (!Directory.Exists(terminals))
        {
            return [];
        }

        ILookup<string, string> byId = NamesOf(Path.Combine(root, NamesById));
        ILookup<string, string> byPath = NamesOf(Path.Combine(root, NamesByPath));
        return
        [
            .. Prefixes.SelectMany(prefix => Directory.EnumerateFileSystemEntries(terminals, $"{prefix}*"))
                .Order(StringComparer.Ordinal)
                .Select(terminal => Read(root, terminal, byId, byPath)).OfType<UsbSerialAdapter>(),
        ];
    }

    /// <summary>Refuses a name by serial number that is the name of more than one adapter: it leads to whichever came last, and so perhaps
    /// to another device.</summary>
    /// <param name="path">The name that is opened.</param>
    /// <param name="target">The device node that it leads to.</param>
    /// <param name="port">The port's name, for the error.</param>
    /// <param name="root">The root of the file system, <c>/</c>.</param>
    /// <exception cref="TransportException">TRAN-008: there are several.</exception>
    internal static void RequireOne(string path, string target, string port, string root = "/")
    {
        if (!path.StartsWith(Path.Combine(root, NamesById) + "/", StringComparison.Ordinal))
        {
            return;
        }

        IReadOnlyList<UsbSerialAdapter> all = Find(root);
        if (all.FirstOrDefault(adapter => adapter.DevicePath == target) is { } found && all.Any(found.IsLike))
        {
            throw TtyFaults.Ambiguous(
                port, path,
                all.Where(adapter => adapter == found || adapter.IsLike(found))
                    .Select(adapter => $"{adapter.DevicePath} is {(adapter.ByPath.Length > 0 ? adapter.ByPath : adapter.Socket)}"));
        }
    }

    private static UsbSerialAdapter? Read(string root, string terminal, ILookup<string, string> byId, ILookup<string, string> byPath)
    {
        try
        {
            string node = Path.Combine(root, Devices, Path.GetFileName(terminal));
            string? folder = new FileInfo(terminal).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? terminal;
            (string ofInterface, string ofPort) = (string.Empty, string.Empty);
            for (int level = 0; level < LevelsAbove && folder is not null; level++, folder = Path.GetDirectoryName(folder))
            {
                ofPort = ofPort.Length > 0 ? ofPort : Text(folder, "port_number");
                ofInterface = ofInterface.Length > 0 ? ofInterface : Text(folder, "bInterfaceNumber");
                if (Text(folder, "idVendor") is { Length: > 0 } vendor)
                {
                    return new UsbSerialAdapter
                    {
                        DevicePath = node,
                        Socket = Path.GetFileName(folder),
                        Model = $"{vendor}:{Text(folder, "idProduct")}",
                        Interface = $"{ofInterface}.{ofPort}",
                        SerialNumber = Text(folder, "serial"),
                        ById = byId[node].FirstOrDefault(string.Empty),
                        ByPath = byPath[node].FirstOrDefault(string.Empty),
                    };
                }
            }
        }
        catch (IOException)
        {
            // It was pulled out while it was looked at: it is not there.
        }

        return null;
    }

    private static string Text(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : string.Empty;
    }

    /// <summary>The links of a folder by what they lead to.</summary>
    private static ILookup<string, string> NamesOf(string folder) =>
        (Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
            .Order(StringComparer.Ordinal)
            .Select(link => (Link: link, Target: new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true)?.FullName))
            .Where(name => name.Target is not null)
            .ToLookup(name => name.Target!, name => name.Link);
}
