//! The macros of `src/api/exports.rs`, as this program reads them.

use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Item, ItemFn, ItemMacro, Signature, Token, parse_quote};

/// The documentation in a `section!`, if the item is one.
pub(crate) fn section(item: &Item) -> Result<Option<Vec<Attribute>>, String> {
    match item {
        Item::Macro(section) if section.mac.path.is_ident("section") => {
            let documentation = Attribute::parse_inner.parse2(section.mac.tokens.clone());
            Ok(Some(documentation.map_err(|e| format!("section!: {e}"))?))
        }
        _ => Ok(None),
    }
}

/// The functions in an `exports!`, as they are exported but for their bodies.
/// There are none in any other macro.
pub(crate) fn functions(table: &ItemMacro) -> Result<Vec<ItemFn>, String> {
    if !table.mac.path.is_ident("exports") {
        return Ok(Vec::new());
    }
    let rows = table.mac.parse_body_with(|input: ParseStream<'_>| {
        let mut rows = Vec::new();
        while !input.is_empty() {
            rows.push(input.parse::<Row>()?.0);
        }
        Ok(rows)
    });
    rows.map_err(|e| format!("exports!: {e}"))
}

/// Documentation, a declaration, and `= body;`.
struct Row(ItemFn);

impl Parse for Row {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let mut signature: Signature = input.parse()?;
        input.parse::<Token![=]>()?;
        while !input.peek(Token![;]) {
            input.parse::<proc_macro2::TokenTree>()?;
        }
        input.parse::<Token![;]>()?;
        signature.unsafety = Some(parse_quote!(unsafe));
        if signature.abi.is_none() {
            signature.abi = Some(parse_quote!(extern "C"));
        }
        Ok(Row(parse_quote! {
            #(#attributes)*
            #[unsafe(no_mangle)]
            pub #signature {}
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::ToTokens;

    fn written(table: &str) -> Result<Vec<String>, String> {
        let functions = functions(&syn::parse_str(table).map_err(|e| e.to_string())?)?;
        let written = functions
            .iter()
            .map(|function| function.to_token_stream().to_string());
        Ok(written.collect())
    }

    fn tokens(rust: &str) -> String {
        let function: ItemFn = syn::parse_str(rust).expect("it is Rust");
        function.to_token_stream().to_string()
    }

    #[test]
    fn a_row_is_a_function_without_its_body() {
        let table = "exports! {
            /// Adds.
            #[must_use]
            fn f(into: *mut t, r#in: *const f64) -> s = verbs::add;
            extern \"C-unwind\" fn g(x: i32) = verbs::get(&[1, 2]);
        }";
        let f = "/// Adds.
            #[must_use] #[unsafe(no_mangle)]
            pub unsafe extern \"C\" fn f(into: *mut t, r#in: *const f64) -> s {}";
        let g = "#[unsafe(no_mangle)] pub unsafe extern \"C-unwind\" fn g(x: i32) {}";
        assert_eq!(written(table).unwrap(), [tokens(f), tokens(g)]);
    }

    #[test]
    fn other_macros_export_nothing() {
        assert_eq!(written("other! { fn f() = g; }").unwrap(), [""; 0]);
        assert!(written("exports! { fn f() {} }").is_err());
    }
}
