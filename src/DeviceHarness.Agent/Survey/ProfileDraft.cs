using System.Globalization;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Survey;

namespace DeviceHarness.Agent.Survey;

/// <summary>Writes a device profile from what a survey saw. What a profile must say and the device did not tell is what the standard or
/// this harness usually has, and is marked; everything else that was not seen stays out.</summary>
internal sealed class ProfileDraft(LineFindings findings, string name, string port, DateTimeOffset now)
{
    private const string Usual = "GUESS: what this harness usually has";
    private const int ManagementClient = 1;
    private const int SignOnBaud = 300;

    private static readonly ObisCode SupplyScripts = ObisCode.Parse("0-0:10.0.106.255");
    private static readonly ObisCode Supply = ObisCode.Parse("0-0:96.3.10.255");

    private static readonly (string Key, ushort Class, string Name, int Attribute, string Parts)[] Needed =
    [
        ("active-energy-import", 3, "1-0:1.8.0.255", 2, "value: 2, scaler-unit: 3, unit: Wh"),
        ("reactive-energy-import", 3, "1-0:3.8.0.255", 2, "value: 2, scaler-unit: 3, unit: varh"),
        ("clock", 8, "0-0:1.0.0.255", 2, "time: 2"),
        ("supply-state", 70, "0-0:96.3.10.255", 3, "state: 3"),
        ("firmware-active", 1, "1-0:0.2.0.255", 2, "value: 2"),
    ];

    private static readonly (string Key, string Name)[] Logs =
    [
        ("daily-read-log", "0-0:98.1.9.255"), ("event-log", "0-0:99.98.0.255"), ("security-log", "0-0:99.98.1.255"),
        ("power-event-log", "0-0:99.98.4.255"),
    ];

    private readonly List<string> _lines = [];

    private SurveyedAssociation? Opened => findings.Associations.Count == 0 ? null : findings.Associations[^1];

    private bool HasPassword => Opened is { Client: not HdlcAddress.PublicClient };

    /// <summary>Writes it.</summary>
    /// <param name="password">Where the password is that opened an association; null when none did.</param>
    /// <param name="like">A profile whose reads are taken over where the device has their objects; null for none.</param>
    /// <returns>The text of the file.</returns>
    internal string Write(string? password, DeviceProfile? like)
    {
        _lines.AddRange(
        [
            $"# yaml: a draft that 'harness survey' wrote on {DraftText.Moment(now)} of {DraftText.Plain(port)}.",
            "# \"seen\": the device told it. \"GUESS\": a profile has to say it and nobody told; the standard's value or the usual one",
            "# stands there. Go through each GUESS before anything is sent that changes the device: the supply switch above all.",
            $"profile: {name}",
            "description: Drafted by harness survey, and tried by nobody",
            $"device-type: ESME             # {TypeReason()}",
            "protocol: dlms-hdlc           # seen",
            string.Empty,
        ]);
        WriteLink();
        WriteAssociation(HasPassword ? password : null);
        WriteObjects();
        WriteSupplySwitch();
        WriteReads(like);
        return string.Join('\n', _lines) + "\n";
    }

    private static string Address(HdlcAddress address) => address.OctetCount == 1
        ? string.Create(CultureInfo.InvariantCulture, $"{{ upper: {address.Upper}, octets: 1 }}")
        : string.Create(
            CultureInfo.InvariantCulture, $"{{ upper: {address.Upper}, lower: {address.Lower}, octets: {address.OctetCount} }}");

    private string TypeReason() => Find(3, ObisCode.Parse("1-0:1.8.0.255")) is null
        ? "GUESS: no register of imported energy was seen"
        : "seen: it has a register of imported energy, 1-0:1.8.0.255";

    private SurveyedObject? Find(ushort classId, ObisCode code) =>
        findings.Objects.FirstOrDefault(found => found.ClassId == classId && found.Name == code);

    private void WriteLink()
    {
        string client = Opened is { } opened
            ? string.Create(CultureInfo.InvariantCulture, $"{opened.Client}          # seen: it opened an association")
            : string.Create(CultureInfo.InvariantCulture, $"{ManagementClient}          # GUESS: no client opened an association");
        HdlcAddress address = findings.Address ?? HdlcAddress.Server(HdlcAddress.ManagementLogicalDevice);
        string inactivity = findings.ValueOf(SurveyedValue.InactivityTimeout);
        bool isTold = int.TryParse(inactivity, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds <= 86_400;
        _lines.AddRange(
        [
            "link:",
            $"  client-address: {client}",
            $"  server-address: {Address(address)}   # {(findings.Address is null ? "GUESS" : "seen: it answers from there")}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"  maximum-information: {findings.Parameters.MaximumInformationReceiveOctets}    # seen: agreed on without a proposal"),
            string.Create(
                CultureInfo.InvariantCulture, $"  window: {findings.Parameters.WindowReceiveFrames}                   # seen"),
            $"  response-timeout: 2s        # {Usual}",
            $"  inter-octet-timeout: 200ms  # {Usual}",
            $"  retries: 3                  # {Usual}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"  inactivity-timeout: {(isTold ? seconds : 120)}s    # ")
                + (isTold ? "seen in 0-0:22.0.0.255" : "GUESS: the standard's default"),
        ]);
        if (findings.SignOnBaud is { } baud and not SignOnBaud)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"  sign-on: {{ initial-baud: {baud} }}   # seen"));
        }

        _lines.Add(string.Empty);
    }

    private void WriteAssociation(string? password)
    {
        _lines.Add("association:");
        _lines.Add(HasPassword
            ? "  mechanism: lls              # seen: the password was taken"
            : Opened is null
                ? "  mechanism: none             # GUESS: no association was opened"
                : "  mechanism: none             # seen: the public client, which reads only");
        if (password is not null)
        {
            _lines.Add($"  password: {DraftText.Quoted(password)}");
        }

        foreach (SurveyedClient client in findings.Clients)
        {
            string mechanism = DraftText.Plain(client.Mechanism);
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"  # seen in {client.Object}: client {client.Client}, {mechanism}"));
        }

        _lines.Add(Opened is { MaximumPduOctets: >= 64 } opened
            ? string.Create(CultureInfo.InvariantCulture, $"  maximum-pdu: {opened.MaximumPduOctets}    # seen: the device takes as much")
            : $"  maximum-pdu: 1024           # {Usual}");
        _lines.Add("  release: false              # GUESS: DISC ends the association too");
        _lines.Add(string.Empty);
    }

    private void WriteObjects()
    {
        _lines.Add("objects:");
        foreach ((string key, ushort classId, string code, int attribute, string parts) in Needed)
        {
            SurveyedObject? found = Find(classId, ObisCode.Parse(code));
            string reason = found is null ? "GUESS: the standard's place; not in the object list"
                : found.CanRead(attribute) ? parts.Contains("unit", StringComparison.Ordinal) ? "seen; the unit is a GUESS" : "seen"
                : "seen, and this client may not read it";
            _lines.Add(string.Create(
                CultureInfo.InvariantCulture, $"  {key}: {{ class: {classId}, name: \"{code}\", {parts} }}   # {reason}"));
        }

        foreach ((string key, string code) in Logs)
        {
            if (Find(7, ObisCode.Parse(code)) is { } log && log.CanRead(2))
            {
                _lines.Add($"  {key}: {{ class: 7, name: \"{code}\" }}   # seen; that it is this log is a GUESS");
            }
        }

        _lines.Add(string.Empty);
    }

    /// <summary>The standard's own object before scripts: what a script's number does, no list tells.</summary>
    private void WriteSupplySwitch()
    {
        string reason = Find(70, Supply) is null
            ? "GUESS: the standard's object; not in the object list"
            : "seen; the methods are the standard's";
        _lines.Add("supply-switch:");
        _lines.Add($"  {{ method: disconnect-control, class: 70, name: \"{Supply}\", reconnect: 2, disconnect: 1 }}   # {reason}");
        if (Find(9, SupplyScripts) is not null)
        {
            _lines.Add($"# seen: a script table {SupplyScripts}; the numbers of its scripts are in the maker's papers");
        }
    }

    private void WriteReads(DeviceProfile? like)
    {
        if (like is null)
        {
            return;
        }

        IReadOnlyList<string> reads = ReadMapWriter.Write(like.Objects.Reads, IsSeen);
        if (reads.Count > 0)
        {
            _lines.AddRange(
                [string.Empty, $"# From {like.Name}: values whose objects the device has and lets this client read.", "reads:", .. reads]);
        }
    }

    private bool IsSeen(CosemAttributeDescriptor attribute) =>
        Find(attribute.ClassId, attribute.LogicalName)?.CanRead(attribute.AttributeId) == true;
}
