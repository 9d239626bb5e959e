using System.Globalization;
using System.Text.Json;

namespace DeviceHarness.Codecs.Tests.Vectors;

/// <summary>Short ways to a vector's fields.</summary>
internal static class VectorFields
{
    public static bool Has(this JsonElement fields, string name) => fields.TryGetProperty(name, out _);

    public static string Text(this JsonElement fields, string name) => fields.GetProperty(name).GetString()!;

    /// <summary>A number, or the number that a text starts with.</summary>
    public static int Number(this JsonElement fields, string name)
    {
        JsonElement field = fields.GetProperty(name);
        return field.ValueKind == JsonValueKind.Number
            ? field.GetInt32()
            : int.Parse(field.GetString()!.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Checks a number when the vector has it.</summary>
    public static void WhenNumber(this JsonElement fields, string name, long actual)
    {
        if (fields.Has(name) && fields.Number(name) != actual)
        {
            throw new InvalidOperationException($"{name} is {actual}, not {fields.GetProperty(name)}");
        }
    }

    /// <summary>Checks a text when the vector has it.</summary>
    public static void WhenText(this JsonElement fields, string name, string actual)
    {
        if (fields.Has(name) && fields.Text(name) != actual)
        {
            throw new InvalidOperationException($"{name} is '{actual}', not '{fields.Text(name)}'");
        }
    }
}
