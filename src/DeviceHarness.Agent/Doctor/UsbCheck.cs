using System.Globalization;
using System.Text.RegularExpressions;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Where on the USB the adapters of the rig are: which share a hub, and whether one of full speed holds them up.</summary>
/// <remarks>The kernel's tree of devices: <c>/sys/class/tty/ttyUSB0/device</c> leads to <c>…/usb1/1-1/1-1.2/1-1.2:1.0/ttyUSB0</c>: bus 1,
/// the hub 1-1, the adapter 1-1.2; each has its speed in Mbit/s. A port that is no USB adapter is no finding.</remarks>
internal sealed partial class UsbCheck : IDoctorCheck
{
    private const int FullSpeed = 12;

    /// <inheritdoc/>
    public string Name => "usb";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        Place[] places =
        [
            .. scene.Rig.Devices.Where(device => device.Link.Via == LinkVia.Serial)
                .Select(device => PlaceOf(scene.Root, device.Id.Value, device.Link.Port))
                .Concat(scene.Rig.Adapters.Where(adapter => !adapter.IsVirtual)
                    .Select(adapter => PlaceOf(scene.Root, adapter.Name, adapter.Port)))
                .Concat(scene.Rig.Power.Boards.Where(board => board.Port.Length > 0)
                    .Select(board => PlaceOf(scene.Root, board.Name, board.Port)))
                .OfType<Place>(),
        ];
        return Task.FromResult<IReadOnlyList<DoctorFinding>>([.. places.Select(place => Judge(place, places))]);
    }

    private static Place? PlaceOf(string root, string subject, string port)
    {
        string path = Path.Combine(root, port.TrimStart('/'));
        if (!File.Exists(path))
        {
            // What is not there is told by the checks of ports and adapters.
            return null;
        }

        FileSystemInfo node = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) ?? new FileInfo(path);
        DirectoryInfo link = new(Path.Combine(root, "sys", "class", "tty", node.Name, "device"));
        if (!link.Exists || link.ResolveLinkTarget(returnFinalTarget: true)?.FullName is not { } target)
        {
            return null;
        }

        string[] parts = target.Split('/');
        int bus = Array.FindIndex(parts, part => BusPattern().IsMatch(part));
        int[] chain = [.. Enumerable.Range(0, parts.Length).Where(index => index > bus && DevicePattern().IsMatch(parts[index]))];
        if (bus < 0 || chain.Length == 0)
        {
            return null;
        }

        int hub = chain.Length > 1 ? chain[^2] : bus;
        return new Place(
            subject, parts[bus], parts[chain[^1]], parts[hub], SpeedOf(parts, chain[^1]), SpeedOf(parts, hub), chain.Length > 1);
    }

    private static int? SpeedOf(string[] parts, int index)
    {
        string file = Path.Combine(string.Join('/', parts[..(index + 1)]), "speed");
        return File.Exists(file)
            && double.TryParse(File.ReadAllText(file).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double speed)
            ? (int)speed
            : null;
    }

    private DoctorFinding Judge(Place place, IReadOnlyCollection<Place> all)
    {
        string[] others = [.. all.Where(other => other != place && other.Bus == place.Bus && other.Hub == place.Hub)
            .Select(other => other.Subject)];
        string speed = place.Speed is { } own ? string.Create(CultureInfo.InvariantCulture, $", {own} Mbit/s") : string.Empty;
        string hubSpeed = place.HubSpeed?.ToString(CultureInfo.InvariantCulture) ?? "?";
        string hub = place.IsBehindHub
            ? $"hub {place.Hub} of {hubSpeed} Mbit/s"
            : $"the root hub of {place.Bus}";
        string shared = others.Length > 0 ? $", with {string.Join(", ", others)}" : string.Empty;
        string found = $"{place.Device}{speed}, at {hub}{shared}";
        return place is { IsBehindHub: true, HubSpeed: <= FullSpeed } && others.Length > 0
            ? new DoctorFinding(
                Name, place.Subject, DoctorState.Note, $"{found}: a hub of full speed, which the adapters behind it share",
                "use a hub of high speed (480 Mbit/s), or other sockets: each answer may wait for the octets of the others")
            : new DoctorFinding(Name, place.Subject, DoctorState.Good, found, string.Empty);
    }

    [GeneratedRegex(@"^usb[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex BusPattern();

    [GeneratedRegex(@"^[0-9]+-[0-9]+(\.[0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex DevicePattern();

    private sealed record Place(string Subject, string Bus, string Device, string Hub, int? Speed, int? HubSpeed, bool IsBehindHub);
}
