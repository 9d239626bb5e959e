using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Cli.Reads;

/// <summary>Makes the Service Request of <c>harness read</c>.</summary>
internal static class ReadRequest
{
    private const string StartKey = "start";
    private const string EndKey = "end";
    private const string LogKey = "log";
    private const string Period = "ReadLogPeriod";
    private const string Log = "LogToRead";
    private const string DateForm = "yyyy-MM-dd";
    private static readonly XNamespace Gateway = DuisSchema.ServiceUserGateway;

    /// <summary>Makes it, and checks it as the service will.</summary>
    /// <exception cref="CommandException">There is no such device, variant, role or argument.</exception>
    internal static string Compose(
        RigConfiguration rig, string device, string srv, string role, IReadOnlyList<string> arguments, DateTimeOffset now)
    {
        SrvEntry entry = SrvCatalogue.Entries.FirstOrDefault(candidate => candidate.Srv == srv)
            ?? throw Wrong($"no SRV '{srv}' in the catalogue (harness srv list)");
        bool isRead = entry.RequestElement.StartsWith("Read", StringComparison.Ordinal)
            || entry.RequestElement.StartsWith("Retrieve", StringComparison.Ordinal);
        if (!isRead)
        {
            throw Wrong($"SRV {srv}, {entry.Name}, is no read; send it with 'harness send'");
        }

        RigDevice target = rig.Devices.FirstOrDefault(candidate => candidate.Id.Value == device)
            ?? rig.Devices.FirstOrDefault(candidate => string.Equals(candidate.DeviceType, device, StringComparison.OrdinalIgnoreCase))
            ?? throw Wrong($"the rig {rig.Name} has no device '{device}'; it has "
                + string.Join(", ", rig.Devices.Select(candidate => $"{candidate.Id} ({candidate.DeviceType})")));
        if (entry.NotOnDevice.Length > 0 && target.InventoryRow.Smets1)
        {
            throw Wrong($"SRV {srv}, {entry.Name}: {entry.NotOnDevice}");
        }

        UnmodelledRequestBody body = new(srv, entry.RequestElement, Content(entry, arguments).ToString(SaveOptions.DisableFormatting));
        Eui64 user = UserOf(rig, entry, role);
        string version = rig.DuisVersionOf(user);
        if (DuisVersions.WhyNot(version, srv) is { } lack)
        {
            throw Wrong($"the rig {rig.Name}, User {user}: {lack}");
        }

        RequestId id = new RequestCounters().Next(user, target.Eui64, now);
        string xml = DuisRequestWriter.Write(new DuisRequest(id, CommandVariant: 1, body) { SchemaVersion = version });
        try
        {
            _ = DuisRequestReader.Read(xml);
            return xml;
        }
        catch (DuisFormatException wrong)
        {
            throw Wrong($"SRV {srv} {Lack(wrong.Message, arguments)}: {wrong.Message}");
        }
    }

    /// <summary>What to do about a request that is not complete; else that its arguments are wrong.</summary>
    private static string Lack(string message, IReadOnlyList<string> arguments) =>
        !message.Contains(" ends; ", StringComparison.Ordinal)
            ? $"does not take these arguments ({StartKey}=, {EndKey}=, {LogKey}=)"
        : message.Contains($"'{Period}'", StringComparison.Ordinal)
            ? $"needs a period such as {StartKey}=2026-07-01 {EndKey}=2026-07-02T12:30:00Z"
        : message.Contains($"'{Log}'", StringComparison.Ordinal) ? $"needs a log such as {LogKey}={EventLog.Event}"
        : $"needs more than {(arguments.Count == 0 ? "no argument" : string.Join(' ', arguments))}";

    private static Eui64 UserOf(RigConfiguration rig, SrvEntry entry, string role)
    {
        string[] roles = role.Length > 0 ? [role] : [.. entry.UserRoles];
        string found = roles.FirstOrDefault(rig.Users.ContainsKey)
            ?? throw Wrong($"the rig {rig.Name} has no User of the role {string.Join(" or ", roles)}; it has "
                + string.Join(", ", rig.Users.Keys));
        return rig.Users[found];
    }

    private static XElement Content(SrvEntry entry, IReadOnlyList<string> arguments)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string argument in arguments)
        {
            int split = argument.IndexOf('=', StringComparison.Ordinal);
            string key = split > 0 ? argument[..split] : argument;
            if (split < 1 || key is not (StartKey or EndKey or LogKey) || !values.TryAdd(key, argument[(split + 1)..]))
            {
                throw Wrong($"found '{argument}'; allowed, each once: {StartKey}=<UTC>, {EndKey}=<UTC>, {LogKey}=<log>");
            }
        }

        XElement content = new(Gateway + entry.RequestElement);
        if (values.ContainsKey(StartKey) || values.ContainsKey(EndKey))
        {
            content.Add(new XElement(Gateway + Period, Time(values, StartKey), Time(values, EndKey)));
        }

        if (values.TryGetValue(LogKey, out string? log))
        {
            content.Add(new XElement(Gateway + Log, log));
        }

        return content;
    }

    private static XElement? Time(Dictionary<string, string> values, string key) => values.TryGetValue(key, out string? time)
        ? new XElement(Gateway + (key == StartKey ? "StartDateTime" : "EndDateTime"), Moment(time))
        : null;

    // A day alone is its beginning.
    private static string Moment(string text) =>
        DateOnly.TryParseExact(text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? $"{text}T00:00:00Z" : text;

    private static CommandException Wrong(string message) => new(ExitCode.Usage, message);
}
