using DeviceHarness.Transports.Serial;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether the name that a rig file gives a port leads to the same adapter after the next replug.</summary>
internal static class PortNames
{
    private const string ById = "/dev/serial/by-id/";
    private static readonly string[] ByOrder = ["/dev/ttyUSB", "/dev/ttyACM"];

    /// <summary>Looks at a name.</summary>
    /// <param name="name">The name in the rig file.</param>
    /// <param name="target">The device node that it leads to.</param>
    /// <param name="root">The root of the file system, <c>/</c>.</param>
    /// <returns>What is found, and what to do; null when the name is as good as any.</returns>
    public static (string Found, string Advice)? TroubleWith(string name, string target, string root)
    {
        bool isByOrder = ByOrder.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
        if (!isByOrder && !name.StartsWith(ById, StringComparison.Ordinal))
        {
            return null;
        }

        IReadOnlyList<UsbSerialAdapter> all = UsbSerialAdapters.Find(root);
        UsbSerialAdapter? adapter = all.FirstOrDefault(
            one => Path.GetFileName(one.DevicePath) == Path.GetFileName(target));
        string better = adapter?.StableName(all) is { Length: > 0 } stable
            ? $"name it {stable}"
            : "name it by /dev/serial/by-id/…, or by /dev/serial/by-path/… when the adapter has no serial number";
        return (isByOrder, adapter) switch
        {
            (true, _) => ($"'{name}' is another adapter's after the next replug", better),
            (false, { SerialNumber: "" }) => (
                $"the adapter has no serial number: any of its model ({adapter.Model}) that is plugged in has the name '{name}'", better),
            _ => null,
        };
    }
}
