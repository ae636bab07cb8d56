fn main() {
    println!("{:x}", arithmetic::folded());
}
