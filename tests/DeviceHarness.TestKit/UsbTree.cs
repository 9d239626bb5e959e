namespace DeviceHarness.TestKit;

/// <summary>USB serial adapters as the kernel and udev show them, below a folder of a test's own.</summary>
public sealed class UsbTree(string root)
{
    /// <summary>Plugs an adapter in.</summary>
    /// <param name="terminal">Its device node's name: <c>ttyUSB0</c>.</param>
    /// <param name="socket">The socket: <c>1-1</c>.</param>
    /// <param name="serial">Its serial number; empty for none.</param>
    /// <param name="product">Its product number.</param>
    /// <returns>Its name by serial number.</returns>
    public string Plug(string terminal, string socket, string serial, string product = "6001")
    {
        string port = Path.Combine(root, "sys", "devices", "pci0000:00", "usb1", socket, $"{socket}:1.0", terminal);
        string adapter = Path.GetDirectoryName(Path.GetDirectoryName(port)!)!;
        Directory.CreateDirectory(Path.Combine(port, "tty", terminal));
        File.WriteAllText(Path.Combine(port, "port_number"), "0\n");
        File.WriteAllText(Path.Combine(adapter, $"{socket}:1.0", "bInterfaceNumber"), "00\n");
        File.WriteAllText(Path.Combine(adapter, "idVendor"), "0403\n");
        File.WriteAllText(Path.Combine(adapter, "idProduct"), $"{product}\n");
        if (serial.Length > 0)
        {
            File.WriteAllText(Path.Combine(adapter, "serial"), $"{serial}\n");
        }

        string above = Path.GetRelativePath(Path.Combine(root, "sys", "class", "tty"), port);
        Link(Path.Combine("sys", "class", "tty", terminal), $"{above}/tty/{terminal}");
        string node = Path.Combine(root, "dev", terminal);
        Directory.CreateDirectory(Path.Combine(root, "dev"));
        File.WriteAllText(node, string.Empty);
        string number = serial.Length > 0 ? $"_{serial}" : string.Empty;
        Link(Path.Combine("dev", "serial", "by-path", $"pci-0000:00:14.0-usb-0:{socket}:1.0-port0"), $"../../{terminal}");
        return Link(Path.Combine("dev", "serial", "by-id", $"usb-0403_{product}{number}-if00-port0"), $"../../{terminal}");
    }

    /// <summary>Pulls an adapter out; its names stay until udev takes them away.</summary>
    public void Pull(string terminal) => File.Delete(Path.Combine(root, "sys", "class", "tty", terminal));

    private string Link(string name, string target)
    {
        string path = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        File.CreateSymbolicLink(path, target);
        return path;
    }
}
