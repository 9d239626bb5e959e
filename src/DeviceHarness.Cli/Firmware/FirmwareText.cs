namespace DeviceHarness.Cli.Firmware;

/// <summary>Prints what a firmware file holds, for people.</summary>
internal static class FirmwareText
{
    /// <summary>Prints it.</summary>
    public static void Write(FirmwareInspection inspection, TextWriter target)
    {
        if (inspection.Header is { } header)
        {
            target.WriteLine($"header string    {header.Text}");
            target.WriteLine($"manufacturer     {header.ManufacturerCode}, image type {header.ImageType}");
            target.WriteLine($"file version     {header.FileVersion}");
            target.WriteLine(header.MinimumHardware is null
                ? "hardware         any"
                : $"hardware         {header.MinimumHardware} to {header.MaximumHardware}");
            if (header.Destination is not null)
            {
                target.WriteLine($"destination      {header.Destination}");
            }

            target.WriteLine($"image size       {header.TotalOctets} octets of {inspection.Octets}");
        }

        foreach (FirmwareElement element in inspection.Elements)
        {
            target.WriteLine($"element {element.Tag:X4}     {element.Name}, {element.ContentOctets} octets at {element.Offset}");
        }

        if (inspection.Integrity is { } integrity)
        {
            target.WriteLine($"integrity code   {Words(integrity)}");
        }

        if (inspection.Sha256 is not null)
        {
            target.WriteLine($"SHA-256          {inspection.Sha256}");
        }

        foreach (string warning in inspection.Warnings)
        {
            target.WriteLine($"warning: {warning}");
        }

        if (inspection.Fault is not null)
        {
            target.WriteLine($"malformed at octet {inspection.FaultOffset}: {inspection.Fault}");
        }
    }

    private static string Words(Codecs.OtaImage.OtaIntegrity integrity) => integrity switch
    {
        Codecs.OtaImage.OtaIntegrity.Absent => "none",
        Codecs.OtaImage.OtaIntegrity.BeforeElement => "right (covers what stands before it)",
        Codecs.OtaImage.OtaIntegrity.WithElementHead => "right (covers its own tag and length too)",
        _ => "wrong",
    };
}
