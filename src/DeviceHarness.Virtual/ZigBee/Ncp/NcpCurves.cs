using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;

namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>The commands of the elliptic curve library, which stock images lack: each is answered so.</summary>
internal static class NcpCurves
{
    private const int SmallCertificateOctets = 48;
    private const int LargeCertificateOctets = 74;

    public static void Add(EzspCommandTable table)
    {
        EmberStatusParameter absent = new(EmberStatus.LibraryNotPresent);
        table.On(EzspCommands.GenerateCbkeKeys, _ => absent);
        table.On(EzspCommands.GenerateCbkeKeys283K1, _ => absent);
        table.On(EzspCommands.CalculateSmacs, _ => absent);
        table.On(EzspCommands.CalculateSmacs283K1, _ => absent);
        table.On(EzspCommands.ClearTemporaryDataMaybeStoreLinkKey, _ => absent);
        table.On(EzspCommands.ClearTemporaryDataMaybeStoreLinkKey283K1, _ => absent);
        table.On(EzspCommands.SetPreinstalledCbkeData, _ => absent);
        table.On(EzspCommands.SavePreinstalledCbkeData283K1, _ => absent);
        table.On(EzspCommands.DsaSign, _ => absent);
        table.On(EzspCommands.DsaVerify, _ => absent);
        table.On(EzspCommands.DsaVerify283K1, _ => absent);
        table.On(EzspCommands.GetCertificate, _ =>
            new CertificateResponse(EmberStatus.LibraryNotPresent, new byte[SmallCertificateOctets]));
        table.On(EzspCommands.GetCertificate283K1, _ =>
            new CertificateResponse283K1(EmberStatus.LibraryNotPresent, new byte[LargeCertificateOctets]));
    }
}
