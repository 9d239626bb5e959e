using System.Diagnostics;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>An object of a virtual meter as the application sees it: attributes that are read and written, methods that are
/// invoked.</summary>
/// <remarks>Spec: IEC 62056-6-2, as the domain guide gives it. Attribute 1 of every object is its logical name. Rights are checked here,
/// once.</remarks>
public abstract class CosemObject
{
    private const int LogicalNameAttribute = 1;

    /// <summary>Creates the object.</summary>
    /// <param name="classId">Its interface class.</param>
    /// <param name="version">The version of the class.</param>
    /// <param name="logicalName">Its logical name.</param>
    /// <param name="attributes">The rights to its attributes from 2 on.</param>
    /// <param name="methods">The rights to its methods.</param>
    protected CosemObject(
        ushort classId,
        byte version,
        ObisCode logicalName,
        IReadOnlyList<CosemAttributeRights> attributes,
        IReadOnlyList<CosemMethodRights> methods)
    {
        ClassId = classId;
        Version = version;
        LogicalName = logicalName;
        Attributes = [new CosemAttributeRights(LogicalNameAttribute, ClientAccess.Identity), .. attributes];
        Methods = methods;
    }

    /// <summary>The interface class.</summary>
    public ushort ClassId { get; }

    /// <summary>The version of the class.</summary>
    public byte Version { get; }

    /// <summary>The logical name.</summary>
    public ObisCode LogicalName { get; }

    /// <summary>The rights to all attributes, from 1 on.</summary>
    public IReadOnlyList<CosemAttributeRights> Attributes { get; }

    /// <summary>The rights to all methods.</summary>
    public IReadOnlyList<CosemMethodRights> Methods { get; }

    /// <summary>Reads an attribute.</summary>
    /// <param name="attribute">The attribute, from 1.</param>
    /// <param name="client">What the client is.</param>
    /// <param name="writer">Takes the encoded value; untouched unless the result is success.</param>
    public DataAccessResult Read(int attribute, ClientAccess client, ref AxdrWriter writer)
    {
        if (FindAttribute(attribute) is not CosemAttributeRights rights)
        {
            return DataAccessResult.ObjectUndefined;
        }

        if (!rights.CanRead(client))
        {
            return DataAccessResult.ReadWriteDenied;
        }

        if (attribute == LogicalNameAttribute)
        {
            writer.WriteOctetString(LogicalName.ToOctets());
        }
        else
        {
            Encode(attribute, ref writer);
        }

        return DataAccessResult.Success;
    }

    /// <summary>Reads a selection of an attribute.</summary>
    /// <param name="attribute">The attribute, from 1.</param>
    /// <param name="client">What the client is.</param>
    /// <param name="selection">What the client selected.</param>
    /// <param name="writer">Takes the encoded value; untouched unless the result is success.</param>
    public DataAccessResult ReadSelected(int attribute, ClientAccess client, in SelectiveAccess selection, ref AxdrWriter writer)
    {
        if (FindAttribute(attribute) is not CosemAttributeRights rights)
        {
            return DataAccessResult.ObjectUndefined;
        }

        return rights.CanRead(client) ? EncodeSelected(attribute, selection, ref writer) : DataAccessResult.ReadWriteDenied;
    }

    /// <summary>Writes an attribute.</summary>
    /// <param name="attribute">The attribute, from 1.</param>
    /// <param name="client">What the client is.</param>
    /// <param name="data">The encoded value, exactly one.</param>
    public DataAccessResult Write(int attribute, ClientAccess client, ReadOnlySpan<byte> data)
    {
        if (FindAttribute(attribute) is not CosemAttributeRights rights)
        {
            return DataAccessResult.ObjectUndefined;
        }

        return rights.CanWrite(client) ? Accept(attribute, data) : DataAccessResult.ReadWriteDenied;
    }

    /// <summary>Invokes a method.</summary>
    /// <param name="method">The method, from 1.</param>
    /// <param name="client">What the client is.</param>
    /// <param name="parameters">The encoded parameter; empty when there was none.</param>
    public ActionResult Invoke(int method, ClientAccess client, ReadOnlySpan<byte> parameters)
    {
        foreach (CosemMethodRights rights in Methods)
        {
            if (rights.Id == method)
            {
                return rights.CanInvoke(client) ? Perform(method, parameters) : ActionResult.ReadWriteDenied;
            }
        }

        return ActionResult.ObjectUndefined;
    }

    /// <summary>Encodes an attribute that the client may read.</summary>
    /// <param name="attribute">One of the attributes from 2 on that somebody may read.</param>
    /// <param name="writer">Takes the encoded value.</param>
    protected abstract void Encode(int attribute, ref AxdrWriter writer);

    /// <summary>Encodes a selection of an attribute that the client may read; an attribute without selections refuses.</summary>
    /// <param name="attribute">One of the attributes from 1 on that somebody may read.</param>
    /// <param name="selection">What the client selected.</param>
    /// <param name="writer">Takes the encoded value; untouched unless the result is success.</param>
    protected virtual DataAccessResult EncodeSelected(int attribute, in SelectiveAccess selection, ref AxdrWriter writer) =>
        DataAccessResult.ScopeOfAccessViolated;

    /// <summary>Takes a new value for an attribute that the client may write.</summary>
    /// <param name="attribute">One of the attributes that somebody may write.</param>
    /// <param name="data">The encoded value.</param>
    protected virtual DataAccessResult Accept(int attribute, ReadOnlySpan<byte> data) => throw Unknown(attribute);

    /// <summary>Performs a method that the client may invoke.</summary>
    /// <param name="method">One of the methods that somebody may invoke.</param>
    /// <param name="parameters">The encoded parameter; empty when there was none.</param>
    protected virtual ActionResult Perform(int method, ReadOnlySpan<byte> parameters) => throw Unknown(method);

    /// <summary>What to throw for a member whose rights say that it exists and whose class does not know it.</summary>
    protected UnreachableException Unknown(int member) => new($"class {ClassId}, {LogicalName} has no member {member}");

    private CosemAttributeRights? FindAttribute(int attribute)
    {
        foreach (CosemAttributeRights rights in Attributes)
        {
            if (rights.Id == attribute)
            {
                return rights;
            }
        }

        return null;
    }
}
