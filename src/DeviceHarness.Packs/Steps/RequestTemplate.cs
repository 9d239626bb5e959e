using System.Text;
using System.Xml;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Steps;

/// <summary>A Service Request as a pack writes it: identifiers and counters are filled in when it is sent.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, Request. Values are written as the pack gives them: whether they fit is for the service to
/// say.</remarks>
public sealed class RequestTemplate
{
    private const string Prefix = "sr";
    private const string Namespace = DuisSchema.ServiceUserGateway;

    private static readonly XmlWriterSettings Settings = new() { OmitXmlDeclaration = true };

    /// <summary>The service reference variant; empty when a request written as XML states none.</summary>
    public required string ServiceReferenceVariant { get; init; }

    /// <summary>The body's element, in the ServiceUserGateway namespace.</summary>
    public required string ElementName { get; init; }

    /// <summary>The command variant.</summary>
    public required int CommandVariant { get; init; }

    /// <summary>The User Role that the request is sent under.</summary>
    public required string Role { get; init; }

    /// <summary>The role of the target device; used when <see cref="Target"/> is null.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>The EUI-64 of the target, written out; null when a device role names it.</summary>
    public required TextTemplate? Target { get; init; }

    /// <summary>The content of the body's element.</summary>
    public required IReadOnlyList<BodyElement> Body { get; init; }

    /// <summary>The whole request as the pack wrote it; null when it is composed.</summary>
    public required TextTemplate? Xml { get; init; }

    /// <summary>Whether the request may change a device for good; a request written as XML counts as one unless it states another
    /// variant.</summary>
    public required bool IsCritical { get; init; }

    /// <summary>The service that the request is posted to; null for the one that its command variant belongs to.</summary>
    public ServicePath? Path { get; init; }

    /// <summary>How the bench brings the image of an 11.1 or an 11.4 to the device.</summary>
    public ImageDelivery Delivery { get; init; }

    /// <summary>Whether the simulated Service Provider loses the device's response.</summary>
    public bool LosesResponse { get; init; }

    /// <summary>The supply that the bench takes away in the middle of the request; null when it leaves it.</summary>
    public PowerCut? PowerCut { get; init; }

    /// <summary>All texts that refer to values.</summary>
    public IEnumerable<TextTemplate> Templates =>
        new[] { Target, Xml }.OfType<TextTemplate>().Concat(BodyElement.AllOf(Body).Select(element =>
            element.Value).OfType<TextTemplate>()).Concat(BodyElement.AllOf(Body).SelectMany(element => element.Attributes)
            .Select(attribute => attribute.Value));

    /// <summary>The image that an 11.1 or an 11.4 carries; null when it carries none that the pack itself holds.</summary>
    public ReadOnlyMemory<byte>? FirmwareImage
    {
        get
        {
            string text = TextOf("FirmwareImage") ?? string.Empty;
            byte[] octets = new byte[text.Length];
            if (text.Length > 0 && Convert.TryFromBase64String(text, octets, out int written))
            {
                return octets.AsMemory(0, written);
            }

            return null;
        }
    }

    /// <summary>The text of an element of the body, as the pack wrote it; null when there is none of the name, or when it refers to a
    /// value.</summary>
    public string? TextOf(string element) =>
        BodyElement.AllOf(Body).FirstOrDefault(found => found.Name == element)?.Value is { } value && !value.References.Any()
            ? value.Text
            : null;

    /// <summary>The target that the pack wrote out.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The text is not an EUI-64.</exception>
    public Eui64 TargetEui64(IVariableSource variables)
    {
        string text = Target!.Render(variables);
        return Eui64.TryParse(text, out Eui64 target) ? target : throw Target.Wrong(text, "an EUI-64 such as 90-B3-D5-1F-30-01-00-00");
    }

    /// <summary>Writes the request.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="variables">What references stand for.</param>
    /// <param name="duisVersion">The version that the User's system speaks; a whole text states its own.</param>
    public string Compose(RequestId id, IVariableSource variables, string duisVersion)
    {
        if (Xml is not null)
        {
            return Xml.RenderXml(variables);
        }

        UnmodelledRequestBody body = new(ServiceReferenceVariant, ElementName, ComposeBody(variables));
        return DuisRequestWriter.Write(new DuisRequest(id, CommandVariant, body) { SchemaVersion = duisVersion });
    }

    private string ComposeBody(IVariableSource variables)
    {
        StringBuilder text = new();
        using (XmlWriter writer = XmlWriter.Create(text, Settings))
        {
            writer.WriteStartElement(Prefix, ElementName, Namespace);
            Write(writer, Body, variables);
            writer.WriteEndElement();
        }

        return text.ToString();
    }

    private static void Write(XmlWriter writer, IReadOnlyList<BodyElement> elements, IVariableSource variables)
    {
        foreach (BodyElement element in elements)
        {
            writer.WriteStartElement(Prefix, element.Name, Namespace);
            foreach (XmlAttributeText attribute in element.Attributes)
            {
                writer.WriteAttributeString(attribute.Name, attribute.Value.Render(variables));
            }

            if (element.Value is not null)
            {
                writer.WriteString(element.Value.Render(variables));
            }

            Write(writer, element.Children, variables);
            writer.WriteEndElement();
        }
    }
}
