namespace PersonalAi.Adapters.Models;

/// <summary>How the numbers of a tensor are stored: the ids of <c>enum ggml_type</c> in ggml.h (ggml 0.25).</summary>
public enum GgmlType : uint
{
    /// <summary>32-bit floats.</summary>
    F32 = 0,

    /// <summary>16-bit floats.</summary>
    F16 = 1,

    /// <summary>4 bits, one scale per 32.</summary>
    Q4_0 = 2,

    /// <summary>4 bits, scale and minimum per 32.</summary>
    Q4_1 = 3,

    /// <summary>5 bits, one scale per 32.</summary>
    Q5_0 = 6,

    /// <summary>5 bits, scale and minimum per 32.</summary>
    Q5_1 = 7,

    /// <summary>8 bits, one scale per 32.</summary>
    Q8_0 = 8,

    /// <summary>8 bits, scale and sum per 32; used inside the engine.</summary>
    Q8_1 = 9,

    /// <summary>2 bits in super-blocks of 256.</summary>
    Q2_K = 10,

    /// <summary>3 bits in super-blocks of 256.</summary>
    Q3_K = 11,

    /// <summary>4 bits in super-blocks of 256.</summary>
    Q4_K = 12,

    /// <summary>5 bits in super-blocks of 256.</summary>
    Q5_K = 13,

    /// <summary>6 bits in super-blocks of 256.</summary>
    Q6_K = 14,

    /// <summary>8 bits in super-blocks of 256; used inside the engine.</summary>
    Q8_K = 15,

    /// <summary>2.06 bits a weight.</summary>
    IQ2_XXS = 16,

    /// <summary>2.31 bits a weight.</summary>
    IQ2_XS = 17,

    /// <summary>3.06 bits a weight.</summary>
    IQ3_XXS = 18,

    /// <summary>1.56 bits a weight.</summary>
    IQ1_S = 19,

    /// <summary>4.5 bits a weight, non-linear.</summary>
    IQ4_NL = 20,

    /// <summary>3.44 bits a weight.</summary>
    IQ3_S = 21,

    /// <summary>2.56 bits a weight.</summary>
    IQ2_S = 22,

    /// <summary>4.25 bits a weight, non-linear.</summary>
    IQ4_XS = 23,

    /// <summary>8-bit integers.</summary>
    I8 = 24,

    /// <summary>16-bit integers.</summary>
    I16 = 25,

    /// <summary>32-bit integers.</summary>
    I32 = 26,

    /// <summary>64-bit integers.</summary>
    I64 = 27,

    /// <summary>64-bit floats.</summary>
    F64 = 28,

    /// <summary>1.75 bits a weight.</summary>
    IQ1_M = 29,

    /// <summary>Brain floats of 16 bits.</summary>
    BF16 = 30,

    /// <summary>Ternary, 1.69 bits a weight.</summary>
    TQ1_0 = 34,

    /// <summary>Ternary, 2.06 bits a weight.</summary>
    TQ2_0 = 35,

    /// <summary>Microscaling 4-bit floats, 32 to a scale.</summary>
    MXFP4 = 39,

    /// <summary>NVIDIA's 4-bit floats, 16 to a scale.</summary>
    NVFP4 = 40,

    /// <summary>1 bit, one scale per 128.</summary>
    Q1_0 = 41,

    /// <summary>2 bits, one scale per 64.</summary>
    Q2_0 = 42,
}
