using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.TestKit;

namespace DeviceHarness.EndToEnd.Tests.Secrets;

/// <summary>A bench whose every secret is its own, and nobody's elsewhere. What a person keeps secret is in one folder, apart from what the
/// run writes.</summary>
internal sealed class SecretBench : IDisposable
{
    public const string Rig = "secret-bench";

    /// <summary>The meter behind HLS with GMAC, whose keys are rotated.</summary>
    public const string SecuredMeter = "esme-03";

    private const string Profile = "generic-smets1-esme";

    private static readonly (string Name, string Text)[] Texts =
    [
        ("LLS password of esme-01", "Kv9+w/Q&"),
        ("LLS password of esme-02", "Tz4!mP7x"),
        ("wrong password for esme-02", "Wq7=z%Tn"),
        ("HLS secret of esme-04", "Jx3&nD8%vR5+bL2="),
        ("UTRN", "73946150284617395026"),
        ("UTRN that a person sends", "81726354908172635490"),
        ("MPxN", "2198765432107"),
    ];

    /// <summary>The keys that the secured meter begins with, and the master key, as hexadecimal digits.</summary>
    private static readonly (string Name, string Digits)[] Keys =
    [
        ("encryption-key", "91C4E07A3B5D682F1E0C9A7B46D8F325"),
        ("authentication-key", "D36F08B1A2C75E940D81F63B7E29A45C"),
        ("master-key", "4E8B25D7906A1FC33D70B9E8625F14A7"),
    ];

    private readonly List<KeySet> _rotated = [];

    public SecretBench()
    {
        Path = Directory.CreateTempSubdirectory("harness-e2e-").FullName;
        Directory.CreateDirectory(In("rigs/profiles"));
        Directory.CreateDirectory(Output);
        WriteProfile("sesame", "test:Kv9+w/Q&");
        WriteProfile("wrong-key", "file:wrong-password.txt");
        WriteProfile("generic", "test:12345678");
        WriteSecret("rigs/profiles/wrong-password.txt", Text("wrong password for esme-02"));
        WriteModel("esme.yaml", "Kv9+w/Q&");
        WriteModel("esme-02.yaml", "Tz4!mP7x");
        WriteSecuredModels();
        WriteSecret("mpan.txt", Text("MPxN"));
        Write("rig-config.yaml", RigText);
        Write("pack.yaml", PackText);
        Write("user.pem", NewUserPem());
        Write("literal.yaml", PackText.Replace("${device.utrn}", Text("UTRN"), StringComparison.Ordinal));
    }

    public string Path { get; }

    public string Data => System.IO.Path.Combine(Path, "data");

    public string Output => System.IO.Path.Combine(Path, "output");

    /// <summary>A file that a person keeps: it holds secrets, or names the files that do.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, "in", name);

    /// <summary>Writes what a person sends. Its counters are above those of requests before it, and below those of later ones.</summary>
    public void WriteRequests()
    {
        string utrn = Text("UTRN that a person sends");
        string topUp = $"<sr:TopUpDevice><sr:UTRN>{utrn}</sr:UTRN></sr:TopUpDevice>";
        Write("request.xml", RequestXml("11.2", "<sr:ReadFirmwareVersion/>", "1", place: 0));
        Write("top-up.xml", RequestXml("2.2", topUp, "1", place: 1));
        Write("broken.xml", RequestXml("2.2", topUp, utrn, place: 2));
    }

    /// <summary>The files of the private keys that the harness made for itself.</summary>
    public IReadOnlyList<string> KeyFiles =>
        Directory.GetFiles(System.IO.Path.Combine(Data, "agent", Rig, "service-keys"), "*.pem");

    /// <summary>The file of the key under which the harness keeps the keys of devices.</summary>
    public string KeyStoreKeyFile => KeyStoreKey.FileOf(Data);

    /// <summary>The files that a person keeps the secured meters' credentials in.</summary>
    public IEnumerable<string> CredentialFiles => Keys.Select(key => In($"{key.Name}.txt")).Append(In("hls-secret.txt"));

    /// <summary>Learns the keys that the harness made for the secured meter last, and those before them.</summary>
    public void LearnRotatedKeys()
    {
        DeviceKeyStore store = new(DiskKeyStorage.Of(Data, Rig, SecuredMeter), KeyStoreKey.Open(Data), $"{Rig}/{SecuredMeter}");
        KeyRecord record = store.Read()!;
        _rotated.AddRange(new[] { record.Active, record.Candidate, record.Retired }.OfType<KeySet>().Except(_rotated));
    }

    /// <summary>How many sets of keys the harness made for the secured meter.</summary>
    public int KeySets => _rotated.Count;

    /// <summary>Knows every secret of the run; the harness's own keys must have been made.</summary>
    public SecretScanner Scanner()
    {
        SecretScanner scanner = new();
        foreach ((string name, string digits) in Keys)
        {
            scanner.Add($"{name} of {SecuredMeter}", Convert.FromHexString(digits));
        }

        foreach (KeySet keys in _rotated)
        {
            scanner.Add($"encryption key of {keys}", keys.Encryption.Reveal());
            scanner.Add($"authentication key of {keys}", keys.Authentication.Reveal());
        }

        scanner.Add("key of the key store", KeyStoreKey.Open(Data).Reveal());
        foreach ((string name, string text) in Texts)
        {
            scanner.Add(name, text);
        }

        foreach (string file in KeyFiles.Append(In("user.pem")))
        {
            AddKey(scanner, System.IO.Path.GetFileName(file), File.ReadAllText(file));
        }

        return scanner;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Text(string name) => Texts.Single(text => text.Name == name).Text;

    private static void AddKey(SecretScanner scanner, string name, string pem)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(pem);
        scanner.Add($"private number of {name}", key.ExportParameters(includePrivateParameters: true).D);
        scanner.Add($"PKCS #8 of {name}", key.ExportPkcs8PrivateKey());
        foreach (string line in key.ExportPkcs8PrivateKeyPem().Split('\n').Where(line => !line.StartsWith('-')))
        {
            scanner.Add($"a line of {name}", line);
        }
    }

    private static string NewUserPem()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=90B3D51F30010001", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.Create(
            request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(200), new BigInteger(77).ToByteArray());
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    private void WriteProfile(string name, string password) => Write(
        $"rigs/profiles/{name}.yaml",
        Repository($"rigs/profiles/{Profile}.yaml").Replace($"profile: {Profile}", $"profile: {name}", StringComparison.Ordinal)
            .Replace("test:12345678 ", $"\"{password}\" ", StringComparison.Ordinal));

    private void WriteModel(string name, string password) => Write(
        $"rigs/{name}", Repository($"rigs/virtual/{name}").Replace("\"12345678\"", $"\"{password}\"", StringComparison.Ordinal));

    /// <summary>Two meters that take nothing in clear: one behind HLS with GMAC, one behind HLS with SHA-1.</summary>
    private void WriteSecuredModels()
    {
        string model = Repository("rigs/virtual/esme-secured.yaml");
        foreach ((string name, string digits) in Keys)
        {
            WriteSecret($"{name}.txt", digits);
            model = Regex.Replace(model, $"test-{name}: \"[0-9A-F]+\"", $"test-{name}: \"{digits}\"");
        }

        string secret = Text("HLS secret of esme-04");
        WriteSecret("hls-secret.txt", secret);
        Write("rigs/esme-03.yaml", model);
        Write(
            "rigs/esme-04.yaml",
            Repository("rigs/virtual/esme-02.yaml").Replace(
                "access: management, test-password: \"12345678\"", $"access: management, mechanism: hls-sha1, test-secret: \"{secret}\"",
                StringComparison.Ordinal));
    }

    private static string Repository(string path) => File.ReadAllText(System.IO.Path.Combine(RepositoryRoot.Path, path));

    private void Write(string name, string text) => File.WriteAllText(In(name), text);

    /// <summary>A file that only its owner may read, as the harness asks of a secret's.</summary>
    private void WriteSecret(string name, string text)
    {
        Write(name, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(In(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static string RequestXml(string srv, string body, string commandVariant, int place)
    {
        string counter = (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + place).ToString(CultureInfo.InvariantCulture);
        return $"""
            <sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.1">
              <sr:Header>
                <sr:RequestID>90-B3-D5-1F-30-01-00-01:90-B3-D5-1F-30-00-00-A0:{counter}</sr:RequestID>
                <sr:CommandVariant>{commandVariant}</sr:CommandVariant>
                <sr:ServiceReference>{srv}</sr:ServiceReference>
                <sr:ServiceReferenceVariant>{srv}</sr:ServiceReferenceVariant>
              </sr:Header>
              <sr:Body>{body}</sr:Body>
            </sr:Request>
            """;
    }

    private const string RigText =
        """
        rig: secret-bench
        users: { IS: 90-B3-D5-1F-30-01-00-01 }
        devices:
          esme-03:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A3
            firmware: "4.2.0"
            profile: generic
            link: { via: virtual, model: rigs/esme-03.yaml, paced: false }
            keys:
              encryption-key: file:encryption-key.txt
              authentication-key: file:authentication-key.txt
              master-key: file:master-key.txt
            overrides:
              response-timeout: 60s
              retries: 2
              association:
                mechanism: hls-gmac
                context: ln-ciphered
                wrapper: general
                client-title: "4448480000000001"
                server-title: "4448560000000009"
                attempt-limit: 3
            facts: { key-rotation: possible }
          esme-01:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A0
            firmware: "4.2.0"
            profile: sesame
            link: { via: virtual, model: rigs/esme.yaml, paced: false }
            overrides: { response-timeout: 60s, retries: 2 }
            facts: { baseline-firmware: "4.2.0" }
            secrets: { utrn: "test:73946150284617395026", mpan: "file:mpan.txt" }
          esme-02:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A2
            firmware: "4.2.0"
            profile: wrong-key
            link: { via: virtual, model: rigs/esme-02.yaml, paced: false }
            overrides: { response-timeout: 60s, retries: 2 }
          esme-04:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A4
            firmware: "4.2.0"
            profile: generic
            link: { via: virtual, model: rigs/esme-04.yaml, paced: false }
            keys: { secret: file:hls-secret.txt }
            overrides: { response-timeout: 60s, retries: 2, association: { mechanism: hls-sha1, attempt-limit: 3 } }
        """;

    private const string PackText =
        """
        pack: secrets
        title: Every secret that a run can meet
        version: "1"
        kind: smoke
        owner: tests
        budget: 1h
        purpose: Meets passwords, keys, a UTRN and an MPxN in answers, refusals and errors.
        needs:
          esme: { type: ESME, device: esme-01, facts: [ baseline-firmware, utrn, mpan ] }
          stranger: { type: ESME, device: esme-02 }
          hashed: { type: ESME, device: esme-04 }
        cases:
          - id: SEC-01
            title: A defect is found through an association with a password
            device: esme
            srv: "11.2"
            budget: 10m
            steps:
              - request: { srv: "11.2" }
                expect: { body: { FirmwareVersion: "${device.baseline-firmware}" } }
          - id: SEC-02
            title: The password is wrong
            device: stranger
            srv: "7.4"
            budget: 10m
            steps:
              - request: { srv: "7.4" }
          - id: SEC-03
            title: The meter refuses the UTRN
            device: esme
            srv: "2.2"
            budget: 10m
            steps:
              - request: { srv: "2.2", body: { UTRN: "${device.utrn}" } }
          - id: SEC-04
            title: The request with the UTRN is malformed just there
            device: esme
            srv: "2.2"
            budget: 10m
            steps:
              - request:
                  xml: |
                    <sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.1">
                      <sr:Header>
                        <sr:RequestID>${request.id}</sr:RequestID>
                        <sr:CommandVariant>${device.utrn}</sr:CommandVariant>
                        <sr:ServiceReference>2.2</sr:ServiceReference>
                        <sr:ServiceReferenceVariant>2.2</sr:ServiceReferenceVariant>
                      </sr:Header>
                      <sr:Body><sr:TopUpDevice><sr:UTRN>${device.utrn}</sr:UTRN></sr:TopUpDevice></sr:Body>
                    </sr:Request>
          - id: SEC-05
            title: The service refuses the request with the MPxN
            device: esme
            srv: 6.20.1
            budget: 10m
            steps:
              - request: { srv: 6.20.1, target: 90-B3-D5-1F-30-00-00-FF, body: { ImportMPxN: "${device.mpan}" } }
          - id: SEC-07
            title: A meter takes the proof of an HLS secret
            device: hashed
            srv: "7.4"
            budget: 10m
            steps:
              - request: { srv: "7.4" }
                expect: { success: true }
          - id: SEC-06
            title: The orchestrator dies while this runs
            device: esme
            srv: "7.4"
            budget: 10m
            steps:
              - request: { srv: "7.4" }
              - request: { srv: "2.2", body: { UTRN: "${device.utrn}" } }
        """;
}
