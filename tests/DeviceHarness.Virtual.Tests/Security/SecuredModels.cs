using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Security;
using DeviceHarness.Virtual.Tests.Esme;

namespace DeviceHarness.Virtual.Tests.Security;

/// <summary>Meters with the keys and titles of the vectors.</summary>
internal static class SecuredModels
{
    public const string Encryption = "000102030405060708090A0B0C0D0E0F";
    public const string Authentication = "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF";
    public const string Secret = "0F1E2D3C4B5A69788796A5B4C3D2E1F0";
    public const string ClientTitle = "4D4D4D0000000001";
    public const string MeterTitle = "4142434445464748";

    /// <summary>Both bits of a policy of version 0.</summary>
    public const byte Both = 3;

    /// <summary>The meter of the default bench, its management client secured.</summary>
    public static EsmeModel Model(
        AuthenticationMechanism mechanism, bool isCiphered = true, byte policy = Both, int lockAfter = 0) =>
        EsmeFixture.DefaultModel() with
        {
            Clients =
            [
                new MeterClient(16, ClientAccess.Identity, null),
                new MeterClient(1, ClientAccess.Management, mechanism == AuthenticationMechanism.LowLevel ? Secret : null)
                {
                    Mechanism = mechanism,
                    TestSecret = HasSecret(mechanism) ? Secret : null,
                    IsCiphered = isCiphered,
                },
            ],
            Security = new SecurityOptions
            {
                Policy = new SecurityPolicy(policy, 0),
                Title = Title(MeterTitle),
                TestEncryptionKey = CipherKey.Create(Convert.FromHexString(Encryption)),
                TestAuthenticationKey = CipherKey.Create(Convert.FromHexString(Authentication)),
                LockAfter = lockAfter,
                LockTime = TimeSpan.FromMinutes(10),
            },
        };

    public static SystemTitle Title(string digits) => SystemTitle.TryParse(digits, out SystemTitle title)
        ? title
        : throw new ArgumentException(digits, nameof(digits));

    private static bool HasSecret(AuthenticationMechanism mechanism) => mechanism is AuthenticationMechanism.HighLevelManufacturer
        or AuthenticationMechanism.HighLevelMd5 or AuthenticationMechanism.HighLevelSha1 or AuthenticationMechanism.HighLevelSha256;
}
