using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Encodes an attribute.</summary>
internal delegate void AttributeEncoder(ref AxdrWriter writer);

/// <summary>Takes a new value for an attribute.</summary>
internal delegate DataAccessResult AttributeSetter(ReadOnlySpan<byte> data);

/// <summary>Performs a method.</summary>
internal delegate ActionResult MethodBody(ReadOnlySpan<byte> parameters);

/// <summary>An attribute of a composed object.</summary>
/// <param name="Id">The attribute, from 2.</param>
/// <param name="Encode">Encodes it.</param>
/// <param name="Accept">Takes a new value; null when nobody may write it.</param>
/// <param name="Read">The least that a client must be to read it.</param>
internal sealed record CosemAttribute(
    int Id, AttributeEncoder Encode, AttributeSetter? Accept = null, ClientAccess Read = ClientAccess.Management);

/// <summary>A method of a composed object.</summary>
/// <param name="Id">The method, from 1.</param>
/// <param name="Body">Performs it; null when nobody may invoke it.</param>
internal sealed record CosemMethod(int Id, MethodBody? Body);

/// <summary>An object put together from its attributes and methods: what one class of the standard looks like is said by the factory
/// that composes it.</summary>
/// <remarks>Attributes are written by the management client only. The meter lives until now before anything is read or changed, and keeps
/// in flash what was changed.</remarks>
internal sealed class ComposedObject : CosemObject
{
    private readonly IObjectHost _meter;
    private readonly Dictionary<int, CosemAttribute> _attributes;
    private readonly Dictionary<int, CosemMethod> _methods;

    public ComposedObject(
        IObjectHost meter, ushort classId, byte version, ObisCode logicalName, IReadOnlyList<CosemAttribute> attributes,
        IReadOnlyList<CosemMethod>? methods = null)
        : base(
            classId,
            version,
            logicalName,
            [
                .. attributes.Select(attribute => new CosemAttributeRights(
                    attribute.Id, attribute.Read, attribute.Accept is null ? null : ClientAccess.Management)),
            ],
            [
                .. (methods ?? []).Select(method => new CosemMethodRights(
                    method.Id, method.Body is null ? null : ClientAccess.Management)),
            ])
    {
        _meter = meter;
        _attributes = attributes.ToDictionary(attribute => attribute.Id);
        _methods = (methods ?? []).ToDictionary(method => method.Id);
    }

    /// <inheritdoc/>
    protected override void Encode(int attribute, ref AxdrWriter writer)
    {
        _meter.Settle();
        _attributes[attribute].Encode(ref writer);
    }

    /// <inheritdoc/>
    protected override DataAccessResult Accept(int attribute, ReadOnlySpan<byte> data)
    {
        if (_attributes[attribute].Accept is not AttributeSetter accept)
        {
            throw Unknown(attribute);
        }

        _meter.Settle();
        DataAccessResult result = accept(data);
        if (result == DataAccessResult.Success)
        {
            _meter.Keep();
        }

        return result;
    }

    /// <inheritdoc/>
    protected override ActionResult Perform(int method, ReadOnlySpan<byte> parameters)
    {
        if (_methods[method].Body is not MethodBody perform)
        {
            throw Unknown(method);
        }

        // A refused method can change something too: a wrong token counts.
        _meter.Settle();
        ActionResult result = perform(parameters);
        _meter.Keep();
        return result;
    }
}
