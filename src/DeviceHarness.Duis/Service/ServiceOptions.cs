using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Migration;
using DeviceHarness.Duis.Signatures;

namespace DeviceHarness.Duis.Service;

/// <summary>How the simulated service behaves. Everything that is an assumption can be replaced here.</summary>
public sealed record ServiceOptions
{
    /// <summary>The Users.</summary>
    public required ServiceUsers Users { get; init; }

    /// <summary>The DUIS version that a User's system speaks, one of <see cref="Messages.DuisVersions.Known"/>: a request of another
    /// version, or for what that version lacks, is refused as malformed, and the answers to the User have it. Of a User that is not here
    /// every version is taken, and the answers are of the newest.</summary>
    public IReadOnlyDictionary<Eui64, string> ClientVersions { get; init; } = new Dictionary<Eui64, string>();

    /// <summary>The checks, in order.</summary>
    public IReadOnlyList<ServiceCheck> Checks { get; init; } = ServiceChecks.Default;

    /// <summary>The rules for command variants of SMETS1 devices, and of targets that the inventory does not hold.</summary>
    public CommandVariantRules Smets1CommandVariants { get; init; } = CommandVariantRules.Smets1Assumed;

    /// <summary>The rules for a device's status.</summary>
    public DeviceStatusRules DeviceStatus { get; init; } = DeviceStatusRules.Mp105;

    /// <summary>The rules for who takes firmware and tells its version.</summary>
    public FirmwareUpdateRules FirmwareUpdates { get; init; } = FirmwareUpdateRules.Moc;

    /// <summary>Whether the SMETS1 Service Provider does not take a network operator certificate that 6.15.1 places: a planted
    /// defect, after which the two proxies hold different ones.</summary>
    public bool ServiceProviderKeepsCertificates { get; init; }

    /// <summary>Whether 6.15.1 and 6.23 take what is no certificate for one of the originator's: a planted defect.</summary>
    public bool TakesAnyCertificate { get; init; }

    /// <summary>Whether the DCC itself upgrades meters that nobody calls dormant: a defect.</summary>
    public bool AsksNoDormancy { get; init; }

    /// <summary>Whether a critical request needs registration on a later device too, as on a SMETS1 one: a defect, since then nobody can
    /// put a wrong certificate right there either.</summary>
    public bool AsksRegistrationAlways { get; init; }

    /// <summary>From when on alerts that a device repeats are dropped and counted; null never does.</summary>
    public AlertThrottlePolicy? AlertThrottle { get; init; } = AlertThrottlePolicy.Usual;

    /// <summary>What the SMETS1 Service Provider does about a key rotation that was not confirmed.</summary>
    public KeyRotationPolicy KeyRotation { get; init; } = KeyRotationPolicy.Fixed;

    /// <summary>How many critical requests Users let themselves send; what goes beyond is quarantined.</summary>
    public AnomalyThresholds AnomalyThresholds { get; init; } = AnomalyThresholds.None;

    /// <summary>What the two sites of the SMETS1 Service Provider know of each other's work.</summary>
    public SiteReplication Sites { get; init; } = SiteReplication.Whole;

    /// <summary>How installations are migrated.</summary>
    public MigrationRules Migration { get; init; } = MigrationRules.Usual;

    /// <summary>Whether a request that the service is to hold for a later time is sent at once: a planted defect.</summary>
    public bool SendsDatedRequestsAtOnce { get; init; }

    /// <summary>Whether a request that was withdrawn is sent at its time all the same: a planted defect.</summary>
    public bool KeepsWithdrawnRequests { get; init; }

    /// <summary>How long after an activation (11.3) of one device no other can be reached (E20): a planted defect, the upgrade that
    /// upsets hub or head-end; zero for never.</summary>
    public TimeSpan UpsetByUpgrade { get; init; }

    /// <summary>The Central Products List: a device that reports a firmware version of its model that is on it is suspended no
    /// longer.</summary>
    public CertifiedProductsList ProductsList { get; init; } = new([]);

    /// <summary>The code for a device whose answer broke its protocol.</summary>
    /// <remarks>An assumption: the service got no answer that it could use, which is what E21 says; the list of SMETS1 Service Provider
    /// alerts, one of
    /// which the real service may send instead, is not public. The outcome beside the answer still says ProtocolError.</remarks>
    public string ProtocolErrorCode { get; init; } = ResponseCodes.NoAnswer;

    /// <summary>The code of the DCC alert that says that an 11.1 or an 11.4 could not be delivered.</summary>
    /// <remarks>An assumption from general knowledge: no public source ties a code to the alert's body
    /// FirmwareDistributionFailure, so match
    /// on the body.</remarks>
    public string FirmwareDistributionFailureCode { get; init; } = "N18";

    /// <summary>The code of the DCC alert that says what became of the firmware that an 11.4 brought.</summary>
    /// <remarks>An assumption from general knowledge: no public source ties a code to the alert's body PPMIDAlert, so match on the
    /// body.</remarks>
    public string PpmidAlertCode { get; init; } = "N39";

    /// <summary>The code of the DCC alert that says that a request was quarantined.</summary>
    /// <remarks>An assumption: no public source ties a code to the alert's body QuarantinedRequest, so match on the body.</remarks>
    public string QuarantineAlertCode { get; init; } = "N29";

    /// <summary>The code of the DCC alert that says that a comms hub took the change of its log by 8.11.</summary>
    /// <remarks>An assumption from general knowledge: a public sample of the alert has this code, and no public source ties it to the
    /// alert's body UpdateHANDeviceLogResult, so match on the body.</remarks>
    public string DeviceLogUpdatedCode { get; init; } = "N24";

    /// <summary>Whether that alert is never sent: a defect to plant.</summary>
    public bool TellsNoDeviceLogResult { get; init; }

    /// <summary>How long after its answer a request may be acknowledged by the SMETS1 Service Provider; then its log says
    /// <see cref="RequestStatus.InProgress"/> for good.</summary>
    /// <remarks>An assumption: the real time is not public.</remarks>
    public TimeSpan StatusTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What goes wrong between devices and Users; nothing by default.</summary>
    public IReadOnlyList<RequestFault> Faults { get; init; } = [];

    /// <summary>What becomes of the signatures of requests.</summary>
    public RequestSignaturePolicy RequestSignatures { get; init; } = RequestSignaturePolicy.WhereKnown;

    /// <summary>The certificates of Users whose signatures can be checked to the end.</summary>
    public IReadOnlyCollection<XmlSignerCertificate> UserCertificates { get; init; } = [];

    /// <summary>The SMETS1 Service Provider's key, which signs device answers; null leaves them unsigned, which the schema does not
    /// allow.</summary>
    public IXmlSigningKey? ServiceProviderKey { get; init; }

    /// <summary>The service's key, which signs device answers, never a message that holds a code alone; null leaves them
    /// unsigned.</summary>
    /// <remarks>The DCC's test appliance was seen to leave acknowledgements and rejections unsigned; that E20 and E21, which hold a code
    /// alone too, are treated alike is an assumption.</remarks>
    public IXmlSigningKey? ServiceKey { get; init; }
}
